import { callersOf, hopName } from '@bootlab/hop';
import type { TreeNode } from '@bootlab/trace-model';
import { distance } from 'fastest-levenshtein';
import { differences, isNamed, matchOf, Target } from './target';
import { hopOf, TraceView } from './trace-view';

/** A span that comes near to what was sought, and what differs. */
export interface NearSpan {
  node: TreeNode;
  remark: string;
}

const MOST = 5;

/** The span of the hop that would have called the one that is missing, or of that one's caller. */
export function nearestCaller({ nodes }: TraceView, hop: string): TreeNode | undefined {
  const seen = new Set([hop]);
  for (let ring = [hop]; ring.length > 0;) {
    ring = ring.flatMap(callersOf).filter((id) => !seen.has(id) && seen.add(id));
    const node = nodes.findLast((candidate) => ring.includes(hopOf(candidate) ?? ''));
    if (node) return node;
  }
  return undefined;
}

/** How far a name is from the one that is wanted; undefined when it is another one altogether. */
function nameDistance(node: TreeNode, wanted: string): number | undefined {
  const { name } = node.span;
  // The first word alone is what a request or a message is called by.
  const far = Math.min(distance(name, wanted), distance(name.split(' ', 1)[0]!, wanted) + (name.includes(' ') ? 1 : 0));
  return far <= Math.max(2, Math.floor(wanted.length / 3)) ? far : undefined;
}

/** The spans that come nearest: the same hop with other values, then the same name, then names much like it. */
export function nearestSpans(view: TraceView, target: Target): NearSpan[] {
  const match = matchOf(target);
  const wanted = match.hop === undefined ? match.span : hopName(match.hop);
  const ranked = view.nodes.flatMap((node) => {
    const other = differences(node.span, match);
    if (isNamed(node.span, match)) return [{ node, rank: other.length / 100, remark: other.join('; ') }];
    const far = wanted === undefined ? undefined : nameDistance(node, wanted);
    if (far === undefined) return [];
    const name = far === 0 ? `is ${hopOf(node) ?? 'no hop'}` : 'has a name much like it';
    return [{ node, rank: 1 + far + other.length / 100, remark: [name, ...other].join('; ') }];
  });
  return ranked.sort((a, b) => a.rank - b.rank).slice(0, MOST);
}
