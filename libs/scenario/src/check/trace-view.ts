import { buildTree, compareNano, hopId, TraceTree, TreeNode, walk } from '@bootlab/trace-model';
import type { TraceReport } from '../report/report';

/** A trace, ready for questions. */
export interface TraceView {
  readonly trace: TraceReport;
  readonly tree: TraceTree;
  /** In the order of their start, a span never before the one that led to it: two clocks may differ by a little. */
  readonly nodes: readonly TreeNode[];
}

export function viewOf(trace: TraceReport): TraceView {
  const tree = buildTree(trace.spans);
  const starts = new Map<TreeNode, string>();
  for (const { node } of walk(tree)) {
    const above = node.parent === undefined ? '0' : starts.get(node.parent)!;
    const own = node.span.startTimeUnixNano;
    starts.set(node, compareNano(own, above) < 0 ? above : own);
  }
  const nodes = [...starts].sort(([, a], [, b]) => compareNano(a, b)).map(([node]) => node);
  return { trace, tree, nodes };
}

export function hopOf(node: TreeNode): string | undefined {
  return hopId(node.span.attributes);
}

/** The spans above, the nearest first. */
export function* ancestors(node: TreeNode): Generator<TreeNode> {
  for (let at = node.parent; at !== undefined; at = at.parent) yield at;
}

/** The spans above up to the nearest hop, whatever requests and messages lie between. */
export function* upToHop(node: TreeNode): Generator<TreeNode> {
  for (const above of ancestors(node)) {
    yield above;
    if (hopOf(above) !== undefined) return;
  }
}
