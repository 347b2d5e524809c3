import type { Assertion } from '../../schema/scenario';
import type { Finding } from '../finding';
import { spanName } from '../span-line';
import { describe, find } from '../target';
import { ancestors, hopOf, TraceView, upToHop } from '../trace-view';

/** Direct means the nearest hop above, whatever requests and messages lie between; a span that lies there counts too. */
export function checkEdge({ parent, child, direct }: NonNullable<Assertion['edge']>, view: TraceView): Finding {
  const parents = new Set(find(view, parent));
  const children = find(view, child);
  const above = direct ? upToHop : ancestors;
  const text = `${describe(child)} is ${direct ? 'directly ' : ''}below ${describe(parent)}`;
  const callers = children.map((node) => [...ancestors(node)].find((other) => hopOf(other) !== undefined));
  const named = new Set(callers.map((node) => (node === undefined ? 'nothing' : spanName(node))));
  const missing = parents.size === 0 ? parent : child;
  return {
    text,
    ok: children.some((node) => [...above(node)].some((other) => parents.has(other))),
    expected: text,
    found:
      parents.size === 0 || children.length === 0
        ? `${describe(missing)} is not in the trace`
        : `it is called by ${[...named].join(' and by ')}`,
    ...(parents.size === 0 || children.length === 0 ? { sought: missing } : { spans: children, around: children[0] }),
  };
}
