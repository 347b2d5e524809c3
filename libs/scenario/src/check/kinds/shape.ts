import { compareShapes, shapeOf, Span } from '@bootlab/trace-model';
import type { Assertion } from '../../schema/scenario';
import type { Finding } from '../finding';
import type { TraceView } from '../trace-view';

/** The spans of the reference trace, or a sentence that says why there is none. */
export type Reference = readonly Span[] | string;

const MOST_TOLD = 8;

export function checkShape(
  wanted: NonNullable<Assertion['shape']>,
  { trace }: TraceView,
  reference: Reference,
): Finding {
  const text = `the trace has the shape of ${wanted === true ? 'its reference' : wanted}`;
  if (typeof reference === 'string') return { text, ok: false, expected: text, found: reference };
  const { equal, differences } = compareShapes(shapeOf(reference), shapeOf(trace.spans));
  const more = differences.length > MOST_TOLD ? [`And ${differences.length - MOST_TOLD} more.`] : [];
  return { text, ok: equal, expected: text, found: [...differences.slice(0, MOST_TOLD), ...more].join('\n') };
}
