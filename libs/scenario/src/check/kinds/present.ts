import type { Finding } from '../finding';
import { describe, find, Target } from '../target';
import type { TraceView } from '../trace-view';

export function checkPresent(target: Target, view: TraceView): Finding {
  const text = `${describe(target)} is in the trace`;
  return {
    text,
    ok: find(view, target).length > 0,
    expected: text,
    found: 'no such span',
    sought: target,
  };
}
