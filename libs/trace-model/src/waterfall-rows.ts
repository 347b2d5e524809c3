import { atLevel, Level } from './levels';
import { printable } from './text-width';
import { TraceTree, TreeNode, walk } from './tree';

/** One span of the waterfall, before it is laid out. */
export interface WaterfallRow {
  node: TreeNode;
  depth: number;
  /** For each level above, from the outside in: whether more siblings follow below. */
  open: readonly boolean[];
  service: string;
  name: string;
  failed: boolean;
  /** What to tell below the row; only on the innermost of the spans that an error passed through. */
  message?: string;
}

function errorMessage({ span }: TreeNode): string | undefined {
  return span.status.code === 'error' ? span.status.message : undefined;
}

/** Rows from the top to the bottom of a trace at one level. */
export function waterfallRows(tree: TraceTree, level: Level): WaterfallRow[] {
  const visible = atLevel(tree, level);
  const open: boolean[] = [];
  const orphans = new Set(visible.orphans);
  const rows: WaterfallRow[] = [];
  for (const { node, depth } of walk(visible)) {
    open.length = depth;
    if (depth > 0) open[depth - 1] = node.parent!.children.at(-1) !== node;
    const message = errorMessage(node);
    const toldBelow = node.children.some((child) => errorMessage(child) === message);
    rows.push({
      node,
      depth,
      open: [...open],
      service: printable(node.span.service),
      name: `${orphans.has(node) ? '(parent missing) ' : ''}${printable(node.span.name)}`,
      failed: node.span.status.code === 'error',
      message: message === undefined || toldBelow ? undefined : printable(message),
    });
  }
  return rows;
}
