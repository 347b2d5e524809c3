import type { TreeNode } from '@bootlab/trace-model';
import { find, Target } from './target';
import type { TraceView } from './trace-view';

/** Takes for each target the first span that starts after the one taken before it. */
export function findInOrder<T extends Target>(
  view: TraceView,
  targets: readonly T[],
): { reached: TreeNode[]; missing?: T } {
  const places = new Map(view.nodes.map((node, place) => [node, place]));
  const reached: TreeNode[] = [];
  let after = -1;
  for (const target of targets) {
    const next = find(view, target).find((node) => places.get(node)! > after);
    if (next === undefined) return { reached, missing: target };
    after = places.get(next)!;
    reached.push(next);
  }
  return { reached };
}
