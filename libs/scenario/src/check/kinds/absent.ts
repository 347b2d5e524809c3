import type { Finding } from '../finding';
import { describe, find, Target } from '../target';
import type { TraceView } from '../trace-view';

export function checkAbsent(target: Target, view: TraceView): Finding {
  const text = `${describe(target)} is not in the trace`;
  const spans = find(view, target);
  const found = spans.length === 1 ? 'there is one' : `there are ${spans.length}`;
  return { text, ok: spans.length === 0, expected: text, found, spans, around: spans[0] };
}
