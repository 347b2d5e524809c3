import { goJson } from './go-json';
import { adjustForJaeger } from './jaeger-adjust';
import { WARNINGS, warningsOf } from './jaeger-warnings';
import type {
  JaegerDocument,
  JaegerKeyValue,
  JaegerLog,
  JaegerProcess,
  JaegerReference,
  JaegerSpan,
  JaegerTrace,
} from './jaeger-json';
import type { Attributes, AttributeValue, HiddenTypes, Span, SpanEvent, SpanLink } from './span';
import { compareNano, unixMicros } from './time';

/** What Jaeger calls a service without a name when it converts OTLP that it does not store. */
export const NO_SERVICE_NAME = 'OTLPResourceNoServiceName';

const TYPES = { double: 'float64', int: 'int64', bytes: 'binary' } as const;

function keyValue(key: string, value: AttributeValue, hidden: HiddenTypes[string] | undefined): JaegerKeyValue {
  switch (typeof value) {
    case 'string':
      return { key, type: hidden === undefined ? 'string' : TYPES[hidden], value };
    case 'boolean':
      return { key, type: 'bool', value };
    case 'number':
      return { key, type: hidden === undefined && Number.isInteger(value) ? 'int64' : 'float64', value };
    default:
      return { key, type: 'string', value: value === null ? '' : goJson(value) };
  }
}

function tagsOf(attributes: Attributes, types?: HiddenTypes): JaegerKeyValue[] {
  const tags: JaegerKeyValue[] = [];
  for (const key of Object.keys(attributes)) tags.push(keyValue(key, attributes[key]!, types?.[key]));
  return tags;
}

function addText(tags: JaegerKeyValue[], key: string, value: string | undefined): void {
  if (value !== undefined && value !== '') tags.push({ key, type: 'string', value });
}

/** In the order of Jaeger's own translation: scope, attributes, kind, status, trace state. */
function spanTags({ scope, attributes, attributeTypes, kind, status, traceState }: Span): JaegerKeyValue[] {
  const tags: JaegerKeyValue[] = [];
  addText(tags, 'otel.scope.name', scope.name);
  addText(tags, 'otel.scope.version', scope.version);
  for (const key of Object.keys(attributes)) {
    if (key !== WARNINGS) tags.push(keyValue(key, attributes[key]!, attributeTypes?.[key]));
  }
  addText(tags, 'span.kind', kind);
  if (status.code !== 'unset') addText(tags, 'otel.status_code', status.code.toUpperCase());
  if (status.code === 'error') tags.push({ key: 'error', type: 'bool', value: true });
  addText(tags, 'otel.status_description', status.message);
  addText(tags, 'w3c.tracestate', traceState);
  return tags;
}

/** An attribute `event` is the event's name to Jaeger, before its own. */
function log({ name, timeUnixNano, attributes, attributeTypes }: SpanEvent): JaegerLog {
  const fields: JaegerKeyValue[] = [];
  if (!Object.hasOwn(attributes, 'event')) addText(fields, 'event', name);
  fields.push(...tagsOf(attributes, attributeTypes));
  return { timestamp: unixMicros(timeUnixNano), fields };
}

function linkReference({ traceId, spanId, attributes }: SpanLink): JaegerReference {
  const childOf = attributes['opentracing.ref_type'] === 'child_of';
  return { refType: childOf ? 'CHILD_OF' : 'FOLLOWS_FROM', traceID: traceId, spanID: spanId };
}

function references({ traceId, parentSpanId, links }: Span): JaegerReference[] {
  const others = links.map(linkReference);
  if (parentSpanId === undefined) return others;
  return [{ refType: 'CHILD_OF', traceID: traceId, spanID: parentSpanId }, ...others];
}

/** Processes by number, each once; spans of one resource share its object, which saves writing it to compare it. */
class Processes {
  readonly byId: Record<string, JaegerProcess> = {};
  readonly #byText = new Map<string, string>();
  readonly #byResource = new Map<Attributes, Map<string, string>>();

  idOf(span: Span): string {
    let ids = this.#byResource.get(span.resource);
    if (!ids) this.#byResource.set(span.resource, (ids = new Map<string, string>()));
    let id = ids.get(span.service);
    if (id === undefined) ids.set(span.service, (id = this.#add(span)));
    return id;
  }

  #add({ service, resource, resourceTypes }: Span): string {
    const process = { serviceName: service, tags: tagsOf(resource, resourceTypes) };
    const text = JSON.stringify(process);
    const id = this.#byText.get(text) ?? `p${this.#byText.size + 1}`;
    this.#byText.set(text, id);
    this.byId[id] = process;
    return id;
  }
}

function jaegerTrace(traceID: string, spans: readonly Span[]): JaegerTrace {
  const processes = new Processes();
  const inOrder = [...spans].sort((a, b) => compareNano(a.startTimeUnixNano, b.startTimeUnixNano));
  const jaegerSpans = inOrder.map((span): JaegerSpan => ({
    traceID,
    spanID: span.spanId,
    operationName: span.name,
    references: references(span),
    startTime: unixMicros(span.startTimeUnixNano),
    duration: Math.trunc(span.durationNano / 1000),
    tags: spanTags(span),
    logs: span.events.map(log),
    processID: processes.idOf(span),
    warnings: Object.hasOwn(span.attributes, WARNINGS) ? warningsOf(span) : null,
  }));
  return { traceID, spans: jaegerSpans, processes: processes.byId, warnings: null };
}

export interface JaegerOptions {
  /** Leaves out what Jaeger adjusts as it reads a trace. */
  raw?: boolean;
}

/** Jaeger's JSON of one or more traces, as its query API gives them and its page uploads them. Times lose their nanoseconds. */
export function toJaeger(spans: Iterable<Span>, { raw = false }: JaegerOptions = {}): JaegerDocument {
  const traces = new Map<string, Span[]>();
  for (const span of spans) {
    const known = traces.get(span.traceId);
    if (known) known.push(span);
    else traces.set(span.traceId, [span]);
  }
  const data = [...traces].map(([traceId, of]) => jaegerTrace(traceId, raw ? of : adjustForJaeger(of)));
  return { data, total: 0, limit: 0, offset: 0, errors: null };
}
