import { goText } from './go-json';
import { formatGoDuration } from './jaeger-duration';
import type { AttributeValue, Span } from './span';
import { endTimeUnixNano, nanoBetween } from './time';

/** The attribute that a span's warnings travel in. */
export const WARNINGS = '@jaeger@warnings';

/** What Jaeger would have said of the span already. */
export function warningsOf({ attributes }: Span): string[] {
  const warnings = attributes[WARNINGS] ?? [];
  return Array.isArray(warnings) ? (warnings as readonly AttributeValue[]).map(goText) : [goText(warnings)];
}

export function withWarnings(span: Span, warnings: readonly string[]): Span {
  return { ...span, attributes: { ...span.attributes, [WARNINGS]: [...warningsOf(span), ...warnings] } };
}

/** Where a span ran, by which Jaeger tells whose clock it has; empty when its resource does not say. */
function hostOf({ resource }: Span): string {
  const ips = resource['host.ip'];
  for (const value of [resource['host.id'], Array.isArray(ips) ? (ips as unknown[])[0] : ips, resource['host.name']]) {
    if (typeof value === 'string') return value;
  }
  return '';
}

/** Nanoseconds by which a child's clock seems to be behind its parent's; 0 when the child lies within its parent. */
function skew(child: Span, parent: Span): number {
  const before = nanoBetween(child.startTimeUnixNano, parent.startTimeUnixNano);
  if (child.durationNano > parent.durationNano) return Math.max(0, before);
  const after = nanoBetween(endTimeUnixNano(parent), endTimeUnixNano(child));
  if (before <= 0 && after <= 0) return 0;
  return before + Math.trunc((parent.durationNano - child.durationNano) / 2);
}

interface Node {
  span: Span;
  host: string;
  children: Node[];
}

/**
 * What Jaeger, which leaves times as they are unless it is configured otherwise, warns of at the spans of one trace: an id
 * that two spans have, a parent that is not there, and a child of another host that sticks out of its parent.
 */
export function jaegerWarnings(spans: readonly Span[]): ReadonlyMap<Span, string[]> {
  const warnings = new Map<Span, string[]>();
  const warn = (span: Span, text: string) => warnings.set(span, [...(warnings.get(span) ?? []), text]);
  const nodes = new Map<string, Node>();
  for (const span of spans) {
    if (nodes.has(span.spanId)) warn(span, 'duplicate span IDs; skipping clock skew adjustment');
    else nodes.set(span.spanId, { span, host: hostOf(span), children: [] });
  }
  const roots: Node[] = [];
  for (const node of nodes.values()) {
    const { parentSpanId } = node.span;
    const parent = parentSpanId === undefined ? undefined : nodes.get(parentSpanId);
    (parent?.children ?? roots).push(node);
    if (parentSpanId !== undefined && !parent) {
      warn(node.span, `parent span ID=${parentSpanId} is not in the trace; skipping clock skew adjustment`);
    }
  }
  // A host's skew is taken where the trace enters it, and holds for what runs there below.
  const open = roots.map((node) => ({ node, parent: undefined as Node | undefined, host: node.host, delta: 0 }));
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { node, parent } = at;
    const entered = parent !== undefined && (node.host !== at.host || node.host === '');
    const delta = entered ? skew(node.span, parent.span) : at.delta;
    const host = entered ? node.host : at.host;
    if (delta !== 0)
      warn(node.span, `clock skew adjustment disabled; not applying calculated delta of ${formatGoDuration(delta)}`);
    for (const child of node.children) open.push({ node: child, parent: node, host, delta });
  }
  return warnings;
}
