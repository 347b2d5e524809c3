import { formatDuration } from '../duration';
import type { Span } from '../span';
import { buildTree, TreeNode, walk } from '../tree';

/** A quoted string of DOT: only the quote mark ends it, and a backslash begins an escape. */
function quoted(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll(/\r?\n/g, '\\n');
  return `"${escaped}"`;
}

function nodeLine({ span }: TreeNode): string {
  const color = span.status.code === 'error' ? ', color=red' : '';
  return `    ${quoted(span.spanId)} [label=${quoted(`${span.name}\n${formatDuration(span.durationNano)}`)}${color}];`;
}

/** What a service did between two others' work hangs together by its spans, so each service is one cluster. */
function cluster(service: string, index: number, nodes: TreeNode[]): string[] {
  return [`  subgraph ${quoted(`cluster_${index}`)} {`, `    label=${quoted(service)};`, ...nodes.map(nodeLine), '  }'];
}

/** A cast is dashed: its sender does not wait. A link is dotted. */
function edges({ span, parent }: TreeNode, known: ReadonlySet<string>): string[] {
  const style = span.kind === 'consumer' ? ' [style=dashed]' : '';
  const up = parent === undefined ? [] : [`  ${quoted(parent.span.spanId)} -> ${quoted(span.spanId)}${style};`];
  const links = span.links.filter(({ spanId }) => known.has(spanId));
  return [...up, ...links.map(({ spanId }) => `  ${quoted(spanId)} -> ${quoted(span.spanId)} [style=dotted];`)];
}

/** A trace as a graph in Graphviz's DOT: spans as nodes, grouped by service; parents point at their children. */
export function toDot(spans: readonly Span[]): string {
  const nodes = [...walk(buildTree(spans))].map(({ node }) => node);
  const services = new Map<string, TreeNode[]>();
  for (const node of nodes) services.set(node.span.service, [...(services.get(node.span.service) ?? []), node]);
  const known = new Set(nodes.map(({ span }) => span.spanId));
  const traceId = nodes[0]?.span.traceId ?? '';
  return [
    `digraph ${quoted(`trace ${traceId}`)} {`,
    '  node [shape=box, fontname="sans-serif"];',
    ...[...services].flatMap(([service, ofService], index) => cluster(service, index, ofService)),
    ...nodes.flatMap((node) => edges(node, known)),
    '}',
    '',
  ].join('\n');
}
