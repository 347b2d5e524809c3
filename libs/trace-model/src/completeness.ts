import type { Span } from './span';
import { buildTree, TraceTree, TreeNode } from './tree';

export interface Completeness {
  complete: boolean;
  /** What has not arrived, a sentence each. */
  missing: string[];
}

function label({ name, service }: Span): string {
  return `"${name}" (${service})`;
}

/** A remote exception re-created by its name: the other side did answer. */
function answeredWithError(errorType: unknown): boolean {
  return typeof errorType === 'string' && (errorType.endsWith('_Remote') || errorType === 'RemoteError');
}

/** Whether the request broke off before anybody could have taken it: refused, no such host, timed out. */
function neverTaken({ status, attributes }: Span): boolean {
  if (status.code !== 'error') return false;
  const errorType = attributes['error.type'];
  return (
    errorType !== undefined && attributes['http.response.status_code'] === undefined && !answeredWithError(errorType)
  );
}

/** Where a CLIENT span hands over to a service of the lab: that service's name; undefined when it does not. */
function handsOverTo({ attributes }: Span): string | undefined {
  const peer = attributes['peer.service'];
  if (typeof peer === 'string') return peer;
  return attributes['lab.handover'] === true ? 'another service' : undefined;
}

function hasChild(node: TreeNode, kind: Span['kind']): boolean {
  return node.children.some(({ span }) => span.kind === kind);
}

function missingHandOver(node: TreeNode): string | undefined {
  const { span } = node;
  if (span.kind === 'client') {
    const receiver = handsOverTo(span);
    if (receiver === undefined || neverTaken(span) || hasChild(node, 'server')) return undefined;
    return `${label(span)} called ${receiver}, whose SERVER span has not arrived.`;
  }
  if (span.kind === 'producer' && span.status.code !== 'error' && !hasChild(node, 'consumer')) {
    const destination = span.attributes['peer.service'] ?? span.attributes['messaging.destination.name'];
    const to = typeof destination === 'string' ? ` to ${destination}` : '';
    return `${label(span)} sent a message${to}, whose CONSUMER span has not arrived.`;
  }
  return undefined;
}

function missingRoot({ roots, byId }: TraceTree): string[] {
  if (byId.size === 0) return ['No span of this trace has arrived.'];
  if (roots.length === 0) return ['The root span has not arrived.'];
  if (roots.length === 1) return [];
  return [`The trace has ${roots.length} roots: ${roots.map(({ span }) => label(span)).join(', ')}.`];
}

/**
 * Whether all spans of a trace are there. They are, exactly, when there is one root, every span's parent is present, and every
 * hand-over has arrived: a CLIENT span that calls a service of the lab has its SERVER child, unless the call was
 * never taken; a PRODUCER span has its CONSUMER child, unless it failed to send.
 */
export function completeness(trace: Iterable<Span> | TraceTree): Completeness {
  const tree = 'byId' in trace ? trace : buildTree(trace);
  const missing = missingRoot(tree);
  for (const { span } of tree.orphans) {
    missing.push(`The parent of ${label(span)}, span ${span.parentSpanId}, has not arrived.`);
  }
  for (const node of tree.byId.values()) {
    const handOver = missingHandOver(node);
    if (handOver !== undefined) missing.push(handOver);
  }
  return { complete: missing.length === 0, missing };
}
