import { endTimeUnixNano, Span, SpanKind, unixMicros } from '@bootlab/trace-model';

/** What a span's `body` column holds: what no query asks for. Empty lists are left out. */
export type SpanBody = Pick<
  Span,
  'startTimeUnixNano' | 'durationNano' | 'attributes' | 'attributeTypes' | 'status' | 'traceState'
> &
  Partial<Pick<Span, 'events' | 'links'>>;

/** What spans of one origin share. */
export type SpanOrigin = Pick<Span, 'resource' | 'resourceTypes' | 'scope'>;

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
  const { startTimeUnixNano, durationNano, attributes, attributeTypes, status, traceState, events, links } = span;
  const body: SpanBody = {
    startTimeUnixNano,
    durationNano,
    attributes,
    attributeTypes,
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

/** What a span is called, and where it stands in its trace. */
export type SpanFacts = Pick<Span, 'traceId' | 'spanId' | 'service' | 'name' | 'kind'> & {
  parentSpanId: string | null;
};

/** Writes every field out: spreading objects takes several times as long. */
export function spanOf(facts: SpanFacts, body: SpanBody, { resource, resourceTypes, scope }: SpanOrigin): Span {
  const span: Span = {
    traceId: facts.traceId,
    spanId: facts.spanId,
    name: facts.name,
    kind: facts.kind,
    service: facts.service,
    startTimeUnixNano: body.startTimeUnixNano,
    durationNano: body.durationNano,
    attributes: body.attributes,
    events: body.events ?? [],
    links: body.links ?? [],
    status: body.status,
    resource,
    scope,
  };
  if (facts.parentSpanId !== null) span.parentSpanId = facts.parentSpanId;
  if (body.attributeTypes) span.attributeTypes = body.attributeTypes;
  if (resourceTypes) span.resourceTypes = resourceTypes;
  if (body.traceState !== undefined) span.traceState = body.traceState;
  return span;
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
export function readSpan(traceId: string, row: StoredSpan, origins: Map<string, SpanOrigin>): Span {
  let origin = origins.get(row.origin_body);
  if (!origin) {
    origin = JSON.parse(row.origin_body) as SpanOrigin;
    origins.set(row.origin_body, origin);
  }
  const { service, name, kind, span_id: spanId, parent_span_id: parentSpanId } = row;
  const facts = { traceId, spanId, parentSpanId, service, name, kind: kind as SpanKind };
  return spanOf(facts, JSON.parse(row.body) as SpanBody, origin);
}
