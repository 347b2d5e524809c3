import type { Assertion } from '../../schema/scenario';
import type { Finding } from '../finding';
import { findInOrder } from '../in-order';
import { spanName } from '../span-line';
import { describe, find } from '../target';
import type { TraceView } from '../trace-view';

export function checkOrder(wanted: NonNullable<Assertion['order']>, view: TraceView): Finding {
  const { reached, missing } = findInOrder(view, wanted);
  const text = wanted.map(describe).join(', then ');
  const last = reached.at(-1);
  const place = last === undefined ? '' : ` after ${spanName(last)}`;
  const earlier = missing === undefined ? [] : find(view, missing);
  return {
    text,
    ok: missing === undefined,
    expected: missing === undefined ? text : `${describe(missing)}${place}`,
    found: earlier.length === 0 ? 'it is not in the trace' : 'it is in the trace, but earlier',
    sought: missing,
    around: earlier.at(-1) ?? last,
  };
}
