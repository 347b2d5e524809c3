import { Span, unixMicros } from '@bootlab/trace-model';
import { durationMicros, endMicros, isError } from './span-row';

/** What some spans add to the row of their trace: a JSON list in the order of the columns. */
export type TraceValues = [
  traceId: string,
  rootService: string | null,
  rootName: string | null,
  startMicros: number,
  endMicros: number,
  spanCount: number,
  errorCount: number,
  shortestMicros: number,
  longestMicros: number,
];

/** One summary a trace, by trace id. */
export function summarize(spans: readonly Span[]): Map<string, TraceValues> {
  const summaries = new Map<string, TraceValues>();
  for (const span of spans) {
    const start = unixMicros(span.startTimeUnixNano);
    const duration = durationMicros(span);
    let summary = summaries.get(span.traceId);
    if (!summary)
      summaries.set(span.traceId, (summary = [span.traceId, null, null, start, start, 0, 0, duration, duration]));
    if (span.parentSpanId === undefined) {
      summary[1] ??= span.service;
      summary[2] ??= span.name;
    }
    summary[3] = Math.min(summary[3], start);
    summary[4] = Math.max(summary[4], endMicros(span));
    summary[5]++;
    summary[6] += isError(span);
    summary[7] = Math.min(summary[7], duration);
    summary[8] = Math.max(summary[8], duration);
  }
  return summaries;
}
