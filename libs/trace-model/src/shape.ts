import { atLevel, Level } from './levels';
import { hopId } from './path';
import { allAlike, textScrubber } from './scrub-text';
import type { Span } from './span';
import { compareNano, endTimeUnixNano, unixMicros } from './time';
import { buildTree, TreeNode, walk } from './tree';

/** One span of a shape: what it is and how it ended, without ids, times and identifiers. */
export interface ShapeNode {
  service: string;
  name: string;
  kind: Span['kind'];
  /** The hop's id. */
  hop?: string;
  /** `chain.decision`, `chain.next`, `error.type`, HTTP status, whether it failed, and the names of its events. */
  outcome: Readonly<Record<string, string>>;
  /** The place, in the list that it stands in, of the first span that started after this one had ended. */
  before: number;
  /** In the order of their start. */
  children: ShapeNode[];
}

/** The roots of a trace, then the spans whose parent was lost. */
export type Shape = readonly ShapeNode[];

const FACTS = ['chain.decision', 'chain.next', 'error.type', 'http.response.status_code'] as const;

/** A peer that dies is noticed in one way or another, depending on the moment. */
const LOST_CONNECTION = /^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/;

/**
 * Database statements are no part of a shape: how many a hop needs differs between databases, and a busy one makes it ask again.
 * What the statement was for is on the hop.
 */
function isStatement({ attributes }: Span): boolean {
  return attributes['db.system.name'] !== undefined;
}

/**
 * A boot that comes while another downloads the image waits for it, and one that comes a moment later finds the image in the cache.
 * Which of the two it is depends on the moment, so the waiting is no part of a shape.
 */
function waitedForAnother({ attributes, status }: Span): boolean {
  const by = attributes['image.fetched_by'];
  return typeof by === 'string' && by !== 'this boot' && status.code !== 'error';
}

/** The spans without those that may come or not, and their callers as if they had never called them. */
function steady(spans: readonly Span[]): Span[] {
  const waiters = spans.filter(waitedForAnother);
  const callers = new Set(waiters.map(({ parentSpanId }) => parentSpanId));
  const left = new Set(waiters);
  return spans
    .filter((span) => !isStatement(span) && !left.has(span))
    .map((span) => {
      if (!callers.has(span.spanId) || span.attributes['chain.decision'] !== 'passed') return span;
      const { 'chain.next': _next, ...attributes } = span.attributes;
      return { ...span, attributes: { ...attributes, 'chain.decision': 'handled' } };
    });
}

function outcomeOf({ attributes, status, events }: Span): Record<string, string> {
  const outcome: Record<string, string> = {};
  for (const key of FACTS) {
    const value = attributes[key];
    if (typeof value === 'string' || typeof value === 'number') outcome[key] = String(value);
  }
  if (LOST_CONNECTION.test(outcome['error.type'] ?? '')) outcome['error.type'] = 'connection lost';
  if (status.code === 'error') outcome['status'] = 'error';
  if (events.length > 0)
    outcome['events'] = events
      .map(({ name }) => name)
      .sort()
      .join(', ');
  return outcome;
}

/** Fills in {@link ShapeNode.before}, to the microsecond as Jaeger's JSON keeps it. */
function setOrder(nodes: readonly TreeNode[], shapes: readonly ShapeNode[]): void {
  const starts = nodes.map(({ span }) => unixMicros(span.startTimeUnixNano));
  nodes.forEach(({ span }, place) => {
    const end = Math.max(unixMicros(endTimeUnixNano(span)), starts[place]! + 2);
    let low = place + 1;
    for (let high = starts.length; low < high;) {
      const middle = (low + high) >> 1;
      if (starts[middle]! < end) low = middle + 1;
      else high = middle;
    }
    shapes[place]!.before = low;
  });
}

/**
 * The form of a trace that two runs of the same scenario share: hops, requests and messages with their outcome, as a tree down to
 * `level`.
 */
export function shapeOf(spans: readonly Span[], level: Level = 'path'): Shape {
  const rename = textScrubber(spans, allAlike);
  const tree = atLevel(buildTree(steady(spans)), level);
  const shapes = new Map<TreeNode, ShapeNode>();
  for (const { node } of walk(tree)) {
    const { span } = node;
    const hop = hopId(span.attributes);
    const { service, kind } = span;
    const shape = { service, name: rename(span.name), kind, outcome: outcomeOf(span), before: 0, children: [] };
    shapes.set(node, hop === undefined ? shape : { ...shape, hop });
  }
  const listed = (nodes: readonly TreeNode[]): ShapeNode[] => {
    const list = nodes.map((node) => shapes.get(node)!);
    setOrder(nodes, list);
    return list;
  };
  for (const [node, shape] of shapes) shape.children = listed(node.children);
  const tops = [...tree.roots, ...tree.orphans];
  return listed(tops.sort((a, b) => compareNano(a.span.startTimeUnixNano, b.span.startTimeUnixNano)));
}
