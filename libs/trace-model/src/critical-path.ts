import type { Span } from './span';
import { compareNano, nanoBetween } from './time';
import { buildTree, TraceTree, TreeNode, walk } from './tree';

/** A stretch of time in which one span, by itself, was what everything waited for. In nanoseconds after the first start. */
export interface CriticalSegment {
  spanId: string;
  startNano: number;
  endNano: number;
}

export interface CriticalPath {
  /** Each span once, in the order in which they come on the path. */
  spanIds: string[];
  /** In the order of time; they do not overlap. */
  segments: CriticalSegment[];
}

interface Extent {
  start: number;
  /** When the span itself ended. */
  end: number;
  /** When the last span below it ended, as the build does that a cast led to. */
  last: number;
  endings: Ending[];
}

/** A moment at which what waited for a span could go on: when it ended itself, or when all below it had ended. */
interface Ending {
  node: TreeNode;
  time: number;
}

/** A span on the way back from the end of the trace. */
interface Visit {
  node?: TreeNode;
  endings: readonly Ending[];
  next: number;
  /** When it began; not before its parent, though the clocks of two processes may say so. */
  start: number;
  /** When it let go on what waited for it; what went on below it later held nothing up. */
  end: number;
  /** Everything later is explained. */
  until: number;
}

/** Both endings of each span, the latest first. */
function endingsOf(nodes: readonly TreeNode[], extentOf: ReadonlyMap<TreeNode, Extent>): Ending[] {
  return nodes
    .flatMap((node) => {
      const { end, last } = extentOf.get(node)!;
      return last > end
        ? [
            { node, time: last },
            { node, time: end },
          ]
        : [{ node, time: end }];
    })
    .sort((a, b) => b.time - a.time);
}

function extents(tree: TraceTree, first: string): Map<TreeNode, Extent> {
  const found = new Map<TreeNode, Extent>();
  for (const { node } of [...walk(tree)].reverse()) {
    const start = nanoBetween(first, node.span.startTimeUnixNano);
    const end = start + node.span.durationNano;
    const endings = endingsOf(node.children, found);
    found.set(node, { start, end, last: Math.max(end, endings[0]?.time ?? end), endings });
  }
  return found;
}

/**
 * The spans that bound a trace's total time: from its end back to its start, at each moment the span that the rest waited for, as
 * Jaeger marks them. Work that a cast left running counts, though its sender did not wait for it.
 */
export function criticalPath(spans: readonly Span[]): CriticalPath {
  const tree = buildTree(spans);
  const first = spans.map((span) => span.startTimeUnixNano).sort(compareNano)[0] ?? '0';
  const extentOf = extents(tree, first);
  const backwards: CriticalSegment[] = [];
  const explain = ({ node, until }: Visit, from: number) => {
    if (node === undefined) return;
    const { start, end } = extentOf.get(node)!;
    const segment = { spanId: node.span.spanId, startNano: Math.max(start, from), endNano: Math.min(end, until) };
    if (segment.endNano > segment.startNano) backwards.push(segment);
  };

  const tops = endingsOf([...tree.roots, ...tree.orphans], extentOf);
  const total = tops[0]?.time ?? 0;
  const stack: Visit[] = [{ endings: tops, next: 0, start: 0, end: total, until: total }];
  for (let visit = stack.at(-1); visit !== undefined; visit = stack.at(-1)) {
    const { start } = visit;
    const ending = visit.endings[visit.next++];
    if (ending === undefined) {
      explain(visit, start);
      stack.pop();
      continue;
    }
    const { node } = ending;
    const child = extentOf.get(node)!;
    const childStart = Math.max(start, child.start);
    const end = Math.min(ending.time, visit.end);
    // What was still running when the next one began did not hold it up.
    if (end > visit.until || childStart >= visit.until || end <= start) continue;
    explain(visit, end);
    stack.push({ node, endings: child.endings, next: 0, start: childStart, end, until: end });
    visit.until = childStart;
  }
  const segments = backwards.reverse();
  return { spanIds: [...new Set(segments.map(({ spanId }) => spanId))], segments };
}
