import { buildTree, Span, TreeNode, walk } from '@bootlab/trace-model';

export interface PathEntry {
  service: string;
  operation: string;
}

export interface ServicePath {
  /** From the first service to the last. */
  path: PathEntry[];
  attributes: Array<{ key: 'exemplar_trace_id'; value: string }>;
}

const MOST_PATHS = 1000;

/** Whether a request enters a service with this span. */
function enters({ span, parent }: TreeNode): boolean {
  return parent === undefined || parent.span.service !== span.service;
}

function pathTo(node: TreeNode): PathEntry[] {
  const path: PathEntry[] = [];
  for (let at: TreeNode | undefined = node; at !== undefined; at = at.parent) {
    if (enters(at)) path.unshift({ service: at.span.service, operation: at.span.name });
  }
  return path;
}

/** Spans after which the request enters no further service. */
function ends(tree: ReturnType<typeof buildTree>): TreeNode[] {
  const entries = [...walk(tree)].map(({ node }) => node).filter(enters);
  const passedOn = new Set<TreeNode>();
  for (const entry of entries) {
    for (let at = entry.parent; at !== undefined && !passedOn.has(at); at = at.parent) passedOn.add(at);
  }
  return entries.filter((entry) => !passedOn.has(entry));
}

/** Each way that these traces took from service to service, once, when it passes this service and operation. */
export function servicePaths(traces: readonly Span[][], service?: string, operation?: string): ServicePath[] {
  const paths = new Map<string, ServicePath>();
  for (const spans of traces) {
    for (const node of ends(buildTree(spans))) {
      const path = pathTo(node);
      const key = JSON.stringify(path);
      if (paths.has(key) || paths.size === MOST_PATHS) continue;
      const passes = path.some(
        (entry) =>
          (service === undefined || entry.service === service) &&
          (operation === undefined || entry.operation === operation),
      );
      if (passes) paths.set(key, { path, attributes: [{ key: 'exemplar_trace_id', value: node.span.traceId }] });
    }
  }
  return [...paths.values()];
}
