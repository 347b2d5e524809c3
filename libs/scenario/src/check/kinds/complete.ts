import type { Assertion } from '../../schema/scenario';
import type { Finding } from '../finding';
import { textMatches } from '../text-match';
import type { TraceView } from '../trace-view';

export function checkComplete(wanted: NonNullable<Assertion['complete']>, { trace }: TraceView): Finding {
  const { complete, missing } = trace;
  const found = complete ? 'the trace is complete' : `the trace is not complete: ${missing.join(' ')}`;
  if (typeof wanted === 'boolean') {
    const text = `the trace is ${wanted ? '' : 'not '}complete`;
    return { text, ok: complete === wanted, expected: text, found };
  }
  const text = `the trace lacks ${wanted.missing}`;
  return { text, ok: missing.some((sentence) => textMatches(wanted.missing, sentence)), expected: text, found };
}
