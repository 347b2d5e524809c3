import { normalizeSpanId, normalizeTraceId } from './id';
import type { JaegerKeyValue, JaegerLog, JaegerProcess, JaegerReference, JaegerSpan, JaegerTrace } from './jaeger-json';
import { UNKNOWN_SERVICE } from './otlp';
import type { AttributeValue, HiddenTypes, Scope, Span, SpanEvent, SpanKind, SpanLink, SpanStatus } from './span';
import { nanoOfMicros } from './time';
import { NO_SERVICE_NAME } from './jaeger';

/** A document that is not Jaeger's JSON, in one sentence. */
export class JaegerError extends Error {
  override readonly name = 'JaegerError';
}

const KINDS = ['internal', 'server', 'client', 'producer', 'consumer'];

type Tags = Record<string, AttributeValue>;

/** Jaeger leaves out what is empty, and other writers leave out more. */
function readTags(tags: readonly JaegerKeyValue[] | null | undefined): Tags {
  return Object.fromEntries((tags ?? []).map(({ key, value }) => [key, value]));
}

/** What the values alone do not tell of their types. */
function hiddenTypes(tags: readonly JaegerKeyValue[] | null | undefined): HiddenTypes | undefined {
  let types: Record<string, HiddenTypes[string]> | undefined;
  for (const { key, type, value } of tags ?? []) {
    const hidden = hiddenType(type, value);
    if (hidden !== undefined) (types ??= {})[key] = hidden;
  }
  return types;
}

function hiddenType(type: JaegerKeyValue['type'], value: JaegerKeyValue['value']): HiddenTypes[string] | undefined {
  if (type === 'binary') return 'bytes';
  if (type === 'int64') return typeof value === 'string' ? 'int' : undefined;
  return type === 'float64' && (typeof value === 'string' || Number.isInteger(value)) ? 'double' : undefined;
}

function takeText(tags: Tags, key: string): string | undefined {
  const value = tags[key];
  delete tags[key];
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
}

/** Takes the tags that OpenTelemetry's fields travel as out of `tags`. */
function takeStatus(tags: Tags): SpanStatus {
  const code = takeText(tags, 'otel.status_code')?.toLowerCase();
  const message = takeText(tags, 'otel.status_description');
  const error = code === 'error' || tags['error'] === true || tags['error'] === 'true';
  if (error) delete tags['error'];
  return { code: error ? 'error' : code === 'ok' ? 'ok' : 'unset', ...(message === undefined ? {} : { message }) };
}

function takeKind(tags: Tags): SpanKind {
  const kind = takeText(tags, 'span.kind')?.toLowerCase();
  return KINDS.includes(kind ?? '') ? (kind as SpanKind) : 'internal';
}

/** OpenTelemetry's exporters for Jaeger still say "library", and write a version that is not there as "undefined". */
function takeScope(tags: Tags): Scope {
  const library = { name: takeText(tags, 'otel.library.name'), version: takeText(tags, 'otel.library.version') };
  const name = takeText(tags, 'otel.scope.name') ?? library.name ?? '';
  const version = takeText(tags, 'otel.scope.version') ?? library.version;
  return version === undefined || version === 'undefined' ? { name } : { name, version };
}

function readLog({ timestamp, fields }: JaegerLog): SpanEvent {
  const attributes = readTags(fields);
  const name = takeText(attributes, 'event') ?? '';
  const types = hiddenTypes(fields);
  return { name, timeUnixNano: nanoOfMicros(timestamp), attributes, ...(types ? { attributeTypes: types } : {}) };
}

function traceIdOf(text: unknown): string {
  const id = typeof text === 'string' ? normalizeTraceId(text.padStart(16, '0')) : undefined;
  if (id === undefined) throw new JaegerError(`A span has the trace id ${JSON.stringify(text)}, which is not one.`);
  return id;
}

function spanIdOf(text: unknown): string {
  const id = typeof text === 'string' ? normalizeSpanId(text.padStart(16, '0')) : undefined;
  if (id === undefined) throw new JaegerError(`A span has the id ${JSON.stringify(text)}, which is not one.`);
  return id;
}

function link({ refType, traceID, spanID }: JaegerReference): SpanLink {
  const attributes: Tags = refType === 'CHILD_OF' ? { 'opentracing.ref_type': 'child_of' } : {};
  return { traceId: traceIdOf(traceID), spanId: spanIdOf(spanID), attributes };
}

/** The parent is the first CHILD_OF within the trace; without one, the first FOLLOWS_FROM. The others are links. */
function parentReference(references: readonly JaegerReference[], traceID: string): JaegerReference | undefined {
  const inside = references.filter((reference) => reference.traceID === traceID);
  return inside.find(({ refType }) => refType === 'CHILD_OF') ?? inside[0];
}

function checkSpan(input: unknown): void {
  const { operationName, startTime, duration } = (input ?? {}) as Partial<JaegerSpan>;
  if (typeof operationName !== 'string') throw new JaegerError('A span has no operationName.');
  for (const [name, value] of Object.entries({ startTime, duration })) {
    if (typeof value === 'number' && value >= 0 && Number.isFinite(value)) continue;
    throw new JaegerError(`${name} of the span "${operationName}" must be microseconds.`);
  }
}

function readSpan(span: JaegerSpan, process: JaegerProcess | undefined): Span {
  checkSpan(span);
  const references = span.references ?? [];
  const parent = parentReference(references, span.traceID);
  const attributes = readTags(span.tags);
  const kind = takeKind(attributes);
  const status = takeStatus(attributes);
  const scope = takeScope(attributes);
  const traceState = takeText(attributes, 'w3c.tracestate');
  const service = process?.serviceName ?? UNKNOWN_SERVICE;
  const attributeTypes = hiddenTypes(span.tags);
  const resourceTypes = hiddenTypes(process?.tags);
  return {
    traceId: traceIdOf(span.traceID),
    spanId: spanIdOf(span.spanID),
    ...(parent === undefined ? {} : { parentSpanId: spanIdOf(parent.spanID) }),
    name: span.operationName,
    kind,
    service: service === NO_SERVICE_NAME ? UNKNOWN_SERVICE : service,
    startTimeUnixNano: nanoOfMicros(span.startTime),
    durationNano: span.duration * 1000,
    attributes,
    ...(attributeTypes ? { attributeTypes } : {}),
    events: (span.logs ?? []).map(readLog),
    links: references.filter((reference) => reference !== parent).map(link),
    status,
    resource: readTags(process?.tags),
    ...(resourceTypes ? { resourceTypes } : {}),
    scope,
    ...(traceState === undefined ? {} : { traceState }),
  };
}

function tracesOf(document: unknown): readonly JaegerTrace[] {
  const { data } = (document ?? {}) as { data?: unknown };
  const found: unknown = data ?? document;
  const traces = Array.isArray(found) ? (found as unknown[]) : [found];
  for (const trace of traces) {
    if (!Array.isArray((trace as JaegerTrace | null)?.spans)) {
      throw new JaegerError(
        'This is not Jaeger JSON: it takes a trace with "spans" and "processes", or {"data": [trace]}.',
      );
    }
  }
  return traces as JaegerTrace[];
}

/**
 * The spans of Jaeger's JSON: of `{"data": [trace, …]}`, of a list of traces or of one trace. Times are exact to the
 * microsecond, and a list or a map among the attributes stays the JSON text that Jaeger made of it.
 * @throws JaegerError in one sentence when it is something else
 */
export function fromJaeger(document: unknown): Span[] {
  return tracesOf(document).flatMap(({ spans, processes }) =>
    spans.map((span) => readSpan(span, processes?.[span.processID])),
  );
}
