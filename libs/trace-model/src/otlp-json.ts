import type {
  Attributes,
  AttributeValue,
  HiddenTypes,
  Scope,
  Span,
  SpanEvent,
  SpanKind,
  SpanLink,
  SpanStatus,
} from './span';
import { endTimeUnixNano } from './time';
import { UNKNOWN_SERVICE } from './otlp';

/** OTLP/JSON's AnyValue: 64-bit integers are decimal text. */
export type OtlpAnyValue =
  | { stringValue: string }
  | { boolValue: boolean }
  | { intValue: string }
  | { doubleValue: number | string }
  | { bytesValue: string }
  | { arrayValue: { values: OtlpAnyValue[] } }
  | { kvlistValue: { values: OtlpKeyValue[] } }
  | Record<string, never>;

export interface OtlpKeyValue {
  key: string;
  value: OtlpAnyValue;
}

export interface OtlpSpan {
  traceId: string;
  spanId: string;
  traceState?: string;
  parentSpanId: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: OtlpKeyValue[];
  events: Array<{ timeUnixNano: string; name: string; attributes: OtlpKeyValue[] }>;
  links: Array<{ traceId: string; spanId: string; traceState?: string; attributes: OtlpKeyValue[] }>;
  status: { code?: number; message?: string };
}

export interface OtlpScopeSpans {
  scope: { name: string; version?: string; attributes?: OtlpKeyValue[] };
  spans: OtlpSpan[];
}

/** An OTLP/JSON `ExportTraceServiceRequest`, or a `TracesData`: they are the same. */
export interface OtlpDocument {
  resourceSpans: Array<{ resource: { attributes: OtlpKeyValue[] }; scopeSpans: OtlpScopeSpans[] }>;
}

const KINDS: Readonly<Record<SpanKind, number>> = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 };
const CODES: Readonly<Record<SpanStatus['code'], number | undefined>> = { unset: undefined, ok: 1, error: 2 };

function anyValue(value: AttributeValue, type?: HiddenTypes[string]): OtlpAnyValue {
  if (type !== undefined && (typeof value === 'number' || typeof value === 'string')) return typed(value, type);
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'boolean':
      return { boolValue: value };
    case 'number':
      return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
    default:
      if (value === null) return {};
      if (isList(value)) return { arrayValue: { values: value.map((item) => anyValue(item)) } };
      return { kvlistValue: { values: keyValues(value) } };
  }
}

function typed(value: number | string, type: HiddenTypes[string]): OtlpAnyValue {
  if (type === 'double') return { doubleValue: value };
  return type === 'int' ? { intValue: String(value) } : { bytesValue: String(value) };
}

function isList(value: AttributeValue): value is readonly AttributeValue[] {
  return Array.isArray(value);
}

function keyValues(attributes: Attributes, types?: HiddenTypes): OtlpKeyValue[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value, types?.[key]) }));
}

function event({ name, timeUnixNano, attributes, attributeTypes }: SpanEvent) {
  return { timeUnixNano, name, attributes: keyValues(attributes, attributeTypes) };
}

function link({ attributes, attributeTypes, ...to }: SpanLink) {
  return { ...to, attributes: keyValues(attributes, attributeTypes) };
}

function otlpSpan(span: Span): OtlpSpan {
  const code = CODES[span.status.code];
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.traceState === undefined ? {} : { traceState: span.traceState }),
    parentSpanId: span.parentSpanId ?? '',
    name: span.name,
    kind: KINDS[span.kind],
    startTimeUnixNano: span.startTimeUnixNano,
    endTimeUnixNano: endTimeUnixNano(span),
    attributes: keyValues(span.attributes, span.attributeTypes),
    events: span.events.map(event),
    links: span.links.map(link),
    status: {
      ...(code === undefined ? {} : { code }),
      ...(span.status.message === undefined ? {} : { message: span.status.message }),
    },
  };
}

function resourceOf({ service, resource, resourceTypes }: Span): { attributes: OtlpKeyValue[] } {
  const name: Attributes = service === UNKNOWN_SERVICE ? {} : { 'service.name': service };
  return { attributes: keyValues({ ...name, ...resource }, resourceTypes) };
}

function otlpScope({ attributes, ...scope }: Scope): OtlpScopeSpans['scope'] {
  return { ...scope, ...(attributes === undefined ? {} : { attributes: keyValues(attributes) }) };
}

/** The spans as OTLP/JSON: grouped by resource and scope, in the order in which each is first met. */
export function toOtlp(spans: Iterable<Span>): OtlpDocument {
  const resources = new Map<string, OtlpDocument['resourceSpans'][number]>();
  const scopes = new Map<string, OtlpScopeSpans>();
  for (const span of spans) {
    const resource = resourceOf(span);
    const resourceKey = JSON.stringify(resource);
    const scopeKey = resourceKey + JSON.stringify(span.scope);
    let scope = scopes.get(scopeKey);
    if (!scope) {
      scopes.set(scopeKey, (scope = { scope: otlpScope(span.scope), spans: [] }));
      let known = resources.get(resourceKey);
      if (!known) resources.set(resourceKey, (known = { resource, scopeSpans: [] }));
      known.scopeSpans.push(scope);
    }
    scope.spans.push(otlpSpan(span));
  }
  return { resourceSpans: [...resources.values()] };
}
