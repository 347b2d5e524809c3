import type { Span } from '../span';
import { buildTree, walk } from '../tree';

const COLUMNS = [
  'trace_id',
  'span_id',
  'parent_span_id',
  'depth',
  'service',
  'name',
  'kind',
  'status',
  'start_unix_nano',
  'duration_nano',
  'code_function_name',
  'message',
  'attributes',
] as const;

/** Quoted where RFC 4180 asks for it. A cell that a spreadsheet would take for a formula gets a quote mark before it. */
function cell(value: string | number | undefined): string {
  const text = String(value ?? '');
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value !== 'number' ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function row(span: Span, depth: number): string {
  const hop = span.attributes['code.function.name'];
  return [
    span.traceId,
    span.spanId,
    span.parentSpanId,
    depth,
    span.service,
    span.name,
    span.kind,
    span.status.code,
    span.startTimeUnixNano,
    span.durationNano,
    typeof hop === 'string' ? hop : undefined,
    span.status.message,
    JSON.stringify(span.attributes),
  ]
    .map(cell)
    .join(',');
}

/** A trace as comma-separated values by RFC 4180: a head and a line for each span, a parent before its children. */
export function toCsv(spans: readonly Span[]): string {
  const rows = [...walk(buildTree(spans))].map(({ node, depth }) => row(node.span, depth));
  return [COLUMNS.join(','), ...rows, ''].join('\r\n');
}
