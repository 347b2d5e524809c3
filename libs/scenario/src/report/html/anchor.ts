/** The id of a trace's section in the report, for `#…` in a link. */
export function traceAnchor(traceId: string): string {
  return `trace-${traceId}`;
}
