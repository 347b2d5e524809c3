import { buildTree, renderWaterfall, Span, TreeNode } from '@bootlab/trace-model';

const WIDTH = 110;
const MOST_LINES = 15;
const ABOVE = 3;
const BESIDE = 2;
const BELOW = 4;

const isStatement = ({ span }: TreeNode) => span.attributes['db.system.name'] !== undefined;

function neighbours(node: TreeNode): TreeNode[] {
  const all = (node.parent?.children ?? [node]).filter((other) => other === node || !isStatement(other));
  const at = all.indexOf(node);
  return all.slice(Math.max(0, at - BESIDE), at + BESIDE + 1);
}

/** The piece of waterfall around a span: some callers above it, some siblings, some of what it called. */
export function excerpt(node: TreeNode): string[] {
  const above: TreeNode[] = [];
  for (let at = node.parent; at !== undefined && above.length < ABOVE; at = at.parent) above.unshift(at);
  const below = node.children.filter((child) => !isStatement(child)).slice(0, BELOW);
  const [top, ...others] = [...above, ...neighbours(node), ...below].map(({ span }) => span);
  const tree = buildTree([withoutParent(top!), ...others]);
  return renderWaterfall(tree, { width: WIDTH, level: 'detail' }).slice(0, MOST_LINES);
}

function withoutParent({ parentSpanId: _, ...span }: Span): Span {
  return span;
}
