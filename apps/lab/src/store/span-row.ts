import { endTimeUnixNano, Span, SpanKind, unixMicros } from '@bootlab/trace-model';

/** What a span's `body` column holds: what no query asks for. Empty lists are left out. */
type Body = Pick<Span, 'startTimeUnixNano' | 'durationNano' | 'attributes' | 'status' | 'traceState'> &
  Partial<Pick<Span, 'events' | 'links'>>;

/** One span as it is handed to SQLite: a JSON list in the order of the columns. */
export type SpanValues = [
  trace: number,
  spanId: string,
  parentSpanId: string | null,
  operation: number,
  origin: number,
  startMicros: number,
  durationMicros: number,
  error: 0 | 1,
  body: string,
];

export const SPAN_COLUMNS = [
  'trace',
  'span_id',
  'parent_span_id',
  'operation',
  'origin',
  'start_micros',
  'duration_micros',
  'error',
  'body',
] as const;

export function isError({ status }: Span): 0 | 1 {
  return status.code === 'error' ? 1 : 0;
}

export function endMicros(span: Span): number {
  return unixMicros(endTimeUnixNano(span));
}

export function durationMicros({ durationNano }: Span): number {
  return Math.round(durationNano / 1000);
}

export function spanValues(span: Span, trace: number, operation: number, origin: number): SpanValues {
  const { startTimeUnixNano, durationNano, attributes, status, traceState, events, links } = span;
  const body: Body = {
    startTimeUnixNano,
    durationNano,
    attributes,
    status,
    traceState,
    events: events.length > 0 ? events : undefined,
    links: links.length > 0 ? links : undefined,
  };
  const start = unixMicros(startTimeUnixNano);
  const duration = durationMicros(span);
  const json = JSON.stringify(body);
  return [trace, span.spanId, span.parentSpanId ?? null, operation, origin, start, duration, isError(span), json];
}

/** A span's row, joined with its operation and its origin. */
export interface StoredSpan {
  span_id: string;
  parent_span_id: string | null;
  service: string;
  name: string;
  kind: string;
  body: string;
  origin_body: string;
}

/** `origins` keeps what origins were parsed to already, by their text. */
export function readSpan(
  traceId: string,
  row: StoredSpan,
  origins: Map<string, Pick<Span, 'resource' | 'scope'>>,
): Span {
  let origin = origins.get(row.origin_body);
  if (!origin) {
    origin = JSON.parse(row.origin_body) as Pick<Span, 'resource' | 'scope'>;
    origins.set(row.origin_body, origin);
  }
  const { events = [], links = [], ...body } = JSON.parse(row.body) as Body;
  return {
    traceId,
    spanId: row.span_id,
    ...(row.parent_span_id === null ? {} : { parentSpanId: row.parent_span_id }),
    name: row.name,
    kind: row.kind as SpanKind,
    service: row.service,
    ...body,
    events,
    links,
    ...origin,
  };
}
