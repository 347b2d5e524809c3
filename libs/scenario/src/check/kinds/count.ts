import type { Assertion } from '../../schema/scenario';
import type { Finding } from '../finding';
import { describe, find } from '../target';
import type { TraceView } from '../trace-view';

type Wanted = NonNullable<Assertion['count']>;

function inWords(is: Wanted['is']): string {
  if (typeof is === 'number') return is === 1 ? 'once' : `${is} times`;
  const parts = [is.min === undefined ? '' : `at least ${is.min}`, is.max === undefined ? '' : `at most ${is.max}`];
  return `${parts.filter((part) => part !== '').join(' and ')} times`;
}

export function checkCount({ of, is }: Wanted, view: TraceView): Finding {
  const spans = find(view, of);
  const { min = 0, max = Infinity } = typeof is === 'number' ? { min: is, max: is } : is;
  const text = `${describe(of)} is in the trace ${inWords(is)}`;
  return {
    text,
    ok: spans.length >= min && spans.length <= max,
    expected: text,
    found: inWords(spans.length),
    ...(spans.length === 0 ? { sought: of } : { spans, around: spans.at(-1) }),
  };
}
