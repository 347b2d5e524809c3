import { callersOf, findEntry, reasonNotPlayed } from '@bootlab/hop';
import { buildTree, hopId, Span, TraceTree, TreeNode } from '@bootlab/trace-model';
import { request } from 'undici';

/** Waits for the whole trace, as the command does, so many seconds. Fails with the hand-over that never arrived. */
export async function wholeTrace(labUrl: string, traceId: string, seconds = 15): Promise<Span[]> {
  const { body } = await request(`${labUrl}/lab/v1/traces/${traceId}?wait=complete&timeout=${seconds}`);
  const { complete, missing, spans } = (await body.json()) as { complete: boolean; missing: string[]; spans: Span[] };
  if (!complete) throw new Error(`Trace ${traceId} is not whole: ${JSON.stringify(missing)}`);
  return spans;
}

export function treeOf(spans: Span[]): TraceTree {
  return buildTree(spans);
}

function nearestHop(node: TreeNode | undefined): TreeNode | undefined {
  return node === undefined || hopId(node.span.attributes) !== undefined ? node : nearestHop(node.parent);
}

/** Each hop with the nearest hop above it, whatever requests and messages lie between: `[parent id, child id]`. */
export function hopPairs(tree: TraceTree): [string, string][] {
  return [...tree.byId.values()].flatMap((node) => {
    const child = hopId(node.span.attributes);
    const parent = nearestHop(node.parent);
    return child !== undefined && parent ? [[hopId(parent.span.attributes)!, child] as [string, string]] : [];
  });
}

/** Whether the original calls `child` from `parent`, directly or through functions that have no span of their own. */
export function isCall(parent: string, child: string, spanless: (id: string) => boolean): boolean {
  const seen = new Set<string>();
  const reaches = (id: string): boolean => {
    if (seen.has(id)) return false;
    seen.add(id);
    return callersOf(id).some((caller) => caller === parent || (spanless(caller) && reaches(caller)));
  };
  return reaches(child);
}

/** Functions that never have a span: without a level, or left out by the lab. */
export function neverPlayed(id: string): boolean {
  return findEntry(id)?.level === undefined || reasonNotPlayed(id) !== undefined;
}
