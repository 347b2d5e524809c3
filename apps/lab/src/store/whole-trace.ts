import { Span, withWarnings } from '@bootlab/trace-model';
import { CompiledQuery } from 'kysely';
import { SpanBody, SpanFacts, SpanOrigin, spanOf } from './span-row';

/** Spans of one trace that are read, the earliest ones: about 50 MB of JSON. */
export const MOST_SPANS_OF_TRACE = 50_000;

/*
 * The spans come from SQLite as one JSON text, and their operations and origins once each: a row of columns for each span
 * costs more than everything else. Ids are hex, so they need no escape.
 */
const WHOLE_TRACE = `
  select span_count as total,
    (
      select '[' || group_concat(
        '["' || span_id || '",' || coalesce('"' || parent_span_id || '"', 'null') || ',' || operation || ',' || origin || ',' ||
          body || ']'
      ) || ']'
      from (select * from spans where trace = number order by start_micros limit ${MOST_SPANS_OF_TRACE})
    ) as spans,
    (
      select json_group_object(id, json_object('service', service, 'name', name, 'kind', kind)) from operations
      where id in (select operation from spans where trace = number)
    ) as operations,
    (
      select '{' || group_concat('"' || id || '":' || body) || '}' from origins
      where id in (select origin from spans where trace = number)
    ) as origins
  from traces where trace_id = ?`;

export interface WholeTrace {
  total: number;
  spans: string;
  operations: string;
  origins: string;
}

/** Takes all of a trace in one statement, so that nothing of it is dropped in between. */
export function wholeTraceQuery(traceId: string): CompiledQuery<WholeTrace> {
  return CompiledQuery.raw(WHOLE_TRACE, [traceId]);
}

type Row = [spanId: string, parentSpanId: string | null, operation: number, origin: number, body: SpanBody];

/** In the order of their start. */
export function spansOfWhole(traceId: string, whole: WholeTrace): Span[] {
  const operations = JSON.parse(whole.operations) as Record<string, Pick<SpanFacts, 'service' | 'name' | 'kind'>>;
  const origins = JSON.parse(whole.origins) as Record<string, SpanOrigin>;
  const spans = (JSON.parse(whole.spans) as Row[]).map(([spanId, parentSpanId, operation, origin, body]) => {
    const { service, name, kind } = operations[operation]!;
    return spanOf({ traceId, spanId, parentSpanId, service, name, kind }, body, origins[origin]!);
  });
  if (whole.total > spans.length) {
    const most = spans.length;
    spans[0] = withWarnings(spans[0]!, [`trace has more than ${most} spans, showing first ${most} spans only`]);
  }
  return spans;
}
