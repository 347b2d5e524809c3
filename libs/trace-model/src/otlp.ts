import { normalizeSpanId, normalizeTraceId } from './id';
import { listAt, objectAt, OtlpError, readAttributes, textAt } from './otlp-value';
import type { Scope, Span, SpanEvent, SpanKind, SpanLink, SpanStatus, UnixNano } from './span';
import { nanoBetween } from './time';

export { OtlpError } from './otlp-value';

const KINDS: readonly SpanKind[] = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'];
const KIND_NAMES = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const STATUS_CODES: ReadonlyArray<SpanStatus['code']> = ['unset', 'ok', 'error'];

/** Service of spans whose resource names none, as Jaeger stores them. */
export const UNKNOWN_SERVICE = 'missing-service-name';

/** Spans are many and their resource is one, so all spans of one resource share its object. */
type Origin = Pick<Span, 'service' | 'resource' | 'resourceTypes' | 'scope'>;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Ids are hex text in OTLP/JSON and bytes in protobuf. */
function hex(value: unknown): string {
  if (typeof value === 'string') return value;
  return value instanceof Uint8Array ? value.reduce((text, byte) => text + HEX[byte]!, '') : '';
}

function nano(value: unknown, place: string): UnixNano {
  if (value === undefined || value === null) return '0';
  if (typeof value === 'string' && /^(?:0|[1-9]\d{0,19})$/.test(value)) return value;
  if (typeof value === 'number' && value >= 0 && Number.isInteger(value)) return BigInt(value).toString();
  throw new OtlpError(`${place} must be nanoseconds since 1970.`);
}

function kind(value: unknown): SpanKind {
  const index = typeof value === 'string' ? KIND_NAMES.indexOf(value.replace('SPAN_KIND_', '')) : Number(value ?? 0);
  return KINDS[index] ?? 'internal';
}

function status(input: unknown): SpanStatus {
  if (input === undefined || input === null) return { code: 'unset' };
  const { code, message } = objectAt(input, 'status');
  const index = typeof code === 'string' ? ['UNSET', 'OK', 'ERROR'].indexOf(code.replace('STATUS_CODE_', '')) : code;
  const known = STATUS_CODES[Number(index ?? 0)] ?? 'unset';
  const text = textAt(message, 'status.message');
  return text === '' ? { code: known } : { code: known, message: text };
}

function event(input: unknown): SpanEvent {
  const { name, timeUnixNano, attributes } = objectAt(input, 'an event');
  return {
    name: textAt(name, 'the name of an event'),
    timeUnixNano: nano(timeUnixNano, 'timeUnixNano of an event'),
    ...readAttributes(attributes, 'attributes of an event'),
  };
}

/** None for a link that leads nowhere, as SDKs send when the other span is not recorded. */
function link(input: unknown): SpanLink[] {
  const raw = objectAt(input, 'a link');
  const traceId = normalizeTraceId(hex(raw['traceId']));
  const spanId = normalizeSpanId(hex(raw['spanId']));
  if (traceId === undefined || spanId === undefined) return [];
  const traceState = textAt(raw['traceState'], 'traceState of a link');
  const attributes = readAttributes(raw['attributes'], 'attributes of a link');
  return [{ traceId, spanId, ...attributes, ...(traceState === '' ? {} : { traceState }) }];
}

function span(input: unknown, origin: Origin): Span {
  const raw = objectAt(input, 'a span');
  const traceId = normalizeTraceId(hex(raw['traceId']));
  const spanId = normalizeSpanId(hex(raw['spanId']));
  if (traceId === undefined) throw new OtlpError('A span has no valid traceId: it takes 32 hex digits, not all zero.');
  if (spanId === undefined) throw new OtlpError('A span has no valid spanId: it takes 16 hex digits, not all zero.');
  const parent = hex(raw['parentSpanId']);
  const parentSpanId = normalizeSpanId(parent);
  if (parentSpanId === undefined && !/^0*$/.test(parent)) {
    throw new OtlpError(`The parentSpanId of span ${spanId} is invalid: it takes 16 hex digits.`);
  }
  const startTimeUnixNano = nano(raw['startTimeUnixNano'], `startTimeUnixNano of span ${spanId}`);
  const end = nano(raw['endTimeUnixNano'], `endTimeUnixNano of span ${spanId}`);
  const traceState = textAt(raw['traceState'], `traceState of span ${spanId}`);
  return {
    traceId,
    spanId,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    name: textAt(raw['name'], `the name of span ${spanId}`),
    kind: kind(raw['kind']),
    service: origin.service,
    startTimeUnixNano,
    durationNano: Math.max(0, nanoBetween(startTimeUnixNano, end)),
    ...readAttributes(raw['attributes'], `attributes of span ${spanId}`),
    events: listAt(raw['events'], `events of span ${spanId}`).map(event),
    links: listAt(raw['links'], `links of span ${spanId}`).flatMap(link),
    status: status(raw['status']),
    resource: origin.resource,
    ...(origin.resourceTypes === undefined ? {} : { resourceTypes: origin.resourceTypes }),
    scope: origin.scope,
    ...(traceState === '' ? {} : { traceState }),
  };
}

function readScope(input: unknown): Scope {
  if (input === undefined || input === null) return { name: '' };
  const raw = objectAt(input, 'scope');
  const scope: Scope = { name: textAt(raw['name'], 'scope.name') };
  const version = textAt(raw['version'], 'scope.version');
  if (version !== '') scope.version = version;
  const { attributes } = readAttributes(raw['attributes'], 'attributes of a scope');
  if (Object.keys(attributes).length > 0) scope.attributes = attributes;
  return scope;
}

/** A service without a proper name gets the one that Jaeger stores it by. */
function serviceName(name: unknown): string {
  if (name === undefined) return UNKNOWN_SERVICE;
  if (typeof name !== 'string') return 'service-name-wrong-type';
  return name === '' ? 'empty-service-name' : name;
}

function readResource(input: unknown): Omit<Origin, 'scope'> {
  if (input === undefined || input === null) return { service: UNKNOWN_SERVICE, resource: {} };
  const { attributes, attributeTypes } = readAttributes(
    objectAt(input, 'resource')['attributes'],
    'attributes of a resource',
  );
  const { 'service.name': name, ...resource } = attributes;
  const types = attributeTypes === undefined ? {} : { resourceTypes: attributeTypes };
  return { service: serviceName(name), resource, ...types };
}

/**
 * The spans of an OTLP `ExportTraceServiceRequest`, in OTLP/JSON or as decoded from protobuf with 64-bit numbers as text and
 * ids as bytes. Spans of one resource and scope share the same `resource` and `scope` objects.
 * @throws OtlpError in one sentence when the request is malformed
 */
export function spansFromOtlp(request: unknown): Span[] {
  const spans: Span[] = [];
  for (const resourceItem of listAt(objectAt(request, 'The request')['resourceSpans'], 'resourceSpans')) {
    const resourceSpans = objectAt(resourceItem, 'an item of resourceSpans');
    const from = readResource(resourceSpans['resource']);
    for (const scopeItem of listAt(resourceSpans['scopeSpans'], 'scopeSpans')) {
      const scopeSpans = objectAt(scopeItem, 'an item of scopeSpans');
      const origin = { ...from, scope: readScope(scopeSpans['scope']) };
      for (const item of listAt(scopeSpans['spans'], 'spans')) spans.push(span(item, origin));
    }
  }
  return spans;
}
