import type { Span } from './span';
import { compareNano } from './time';

export interface TreeNode {
  readonly span: Span;
  readonly parent?: TreeNode;
  /** In the order of their start. */
  readonly children: TreeNode[];
}

export interface TraceTree {
  /** Spans that name no parent, in the order of their start; a whole trace has one. */
  readonly roots: readonly TreeNode[];
  /** Spans that name a parent which is not there, in the order of their start. */
  readonly orphans: readonly TreeNode[];
  /** Every span once, by its id. */
  readonly byId: ReadonlyMap<string, TreeNode>;
}

interface OpenNode extends TreeNode {
  parent?: TreeNode;
}

/** By start; equal starts by id, so that the order does not depend on the order of arrival. */
export function byStart(a: TreeNode, b: TreeNode): number {
  const order = compareNano(a.span.startTimeUnixNano, b.span.startTimeUnixNano);
  return order !== 0 ? order : a.span.spanId < b.span.spanId ? -1 : 1;
}

/** Spans that are one another's ancestors hang on no root. The earliest of each such ring is cut loose. */
function cutRings(nodes: readonly OpenNode[]): OpenNode[] {
  const settled = new Set<TreeNode>();
  const cut: OpenNode[] = [];
  for (const node of nodes) {
    const path = new Set<TreeNode>();
    let at: TreeNode | undefined = node;
    while (at !== undefined && !settled.has(at) && !path.has(at)) {
      path.add(at);
      at = at.parent;
    }
    // Nodes come by start, so the first one that leads into a ring may hang on it; cut at the ring itself.
    if (at !== undefined && path.has(at)) {
      const first = earliestOfRing(at);
      first.parent = undefined;
      cut.push(first);
    }
    for (const seen of path) settled.add(seen);
  }
  return cut;
}

function earliestOfRing(start: TreeNode): OpenNode {
  let earliest = start;
  for (let at = start.parent!; at !== start; at = at.parent!) if (byStart(at, earliest) < 0) earliest = at;
  return earliest;
}

/** Hangs each span on its parent. Of two spans with one id the first counts. */
export function buildTree(spans: Iterable<Span>): TraceTree {
  const byId = new Map<string, OpenNode>();
  for (const span of spans) if (!byId.has(span.spanId)) byId.set(span.spanId, { span, children: [] });
  const nodes = [...byId.values()].sort(byStart);
  const roots: TreeNode[] = [];
  const orphans: TreeNode[] = [];
  for (const node of nodes) {
    const { parentSpanId } = node.span;
    if (parentSpanId === undefined) roots.push(node);
    else node.parent = byId.get(parentSpanId);
    if (parentSpanId !== undefined && !node.parent) orphans.push(node);
  }
  orphans.push(...cutRings(nodes));
  for (const node of nodes) node.parent?.children.push(node);
  return { roots, orphans: orphans.sort(byStart), byId };
}

/** Every node once: a parent before its children, children in the order of their start. */
export function* walk(tree: Pick<TraceTree, 'roots' | 'orphans'>): Generator<{ node: TreeNode; depth: number }> {
  const stack = [...tree.roots, ...tree.orphans].reverse().map((node) => ({ node, depth: 0 }));
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    yield at;
    const { node, depth } = at;
    for (let index = node.children.length - 1; index >= 0; index--) {
      stack.push({ node: node.children[index]!, depth: depth + 1 });
    }
  }
}
