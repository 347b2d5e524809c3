import { Span, unixMicros } from '@bootlab/trace-model';
import { endMicros, isError } from './span-row';

/** What some spans add to the row of their trace: a JSON list in the order of the columns. */
export type TraceValues = [
  traceId: string,
  rootService: string | null,
  rootName: string | null,
  startMicros: number,
  endMicros: number,
  spanCount: number,
  errorCount: number,
];

/** One summary a trace, by trace id. */
export function summarize(spans: readonly Span[]): Map<string, TraceValues> {
  const summaries = new Map<string, TraceValues>();
  for (const span of spans) {
    const start = unixMicros(span.startTimeUnixNano);
    let summary = summaries.get(span.traceId);
    if (!summary) summaries.set(span.traceId, (summary = [span.traceId, null, null, start, start, 0, 0]));
    if (span.parentSpanId === undefined) {
      summary[1] ??= span.service;
      summary[2] ??= span.name;
    }
    summary[3] = Math.min(summary[3], start);
    summary[4] = Math.max(summary[4], endMicros(span));
    summary[5]++;
    summary[6] += isError(span);
  }
  return summaries;
}
