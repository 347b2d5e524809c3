import type { Span } from './span';
import { byStart, TraceTree, TreeNode } from './tree';

/** How much of a trace is shown: the dozen hops of the story, the whole call path, or every detail. */
export type Level = 'story' | 'path' | 'detail';

export const LEVELS: readonly Level[] = ['story', 'path', 'detail'];

/** The service whose spans are the learner's own command, not a service of the cloud. */
const COMMAND = 'bootlab';

function isLevel(value: unknown): value is Level {
  return LEVELS.includes(value as Level);
}

/**
 * The level of a span: what its hop's catalogue entry says (attribute `hop.level`), else by what it is. To the story belong
 * the root, a message sent, and a request that comes from outside or from the learner's command.
 */
export function levelOf(span: Span, parent?: Span): Level {
  const stated = span.attributes['hop.level'];
  if (isLevel(stated)) return stated;
  if (span.parentSpanId === undefined || span.kind === 'producer') return 'story';
  if (span.kind === 'server' && (parent === undefined || parent.service === COMMAND)) return 'story';
  return 'path';
}

/**
 * The tree without the spans deeper than `level`. The children of a hidden span hang on its nearest visible ancestor, in the
 * order of their start; with no visible ancestor they become roots, or orphans if they hung on an orphan.
 */
export function atLevel(tree: TraceTree, level: Level): TraceTree {
  const deepest = LEVELS.indexOf(level);
  const byId = new Map<string, TreeNode>();

  function visible(from: readonly TreeNode[]): TreeNode[] {
    const found: TreeNode[] = [];
    const stack = from.map((node) => ({ node, under: undefined as TreeNode | undefined }));
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const { node, under } = at;
      let ancestor = under;
      if (LEVELS.indexOf(levelOf(node.span, node.parent?.span)) <= deepest) {
        ancestor = { span: node.span, children: [], parent: under };
        byId.set(node.span.spanId, ancestor);
        (under?.children ?? found).push(ancestor);
      }
      for (const child of node.children) stack.push({ node: child, under: ancestor });
    }
    return found.sort(byStart);
  }

  const roots = visible(tree.roots);
  const orphans = visible(tree.orphans);
  for (const node of byId.values()) node.children.sort(byStart);
  return { roots, orphans, byId };
}
