import type {
  JaegerDocument,
  JaegerKeyValue,
  JaegerLog,
  JaegerProcess,
  JaegerReference,
  JaegerSpan,
  JaegerTrace,
} from './jaeger-json';
import { jaegerWarnings } from './jaeger-warnings';
import { UNKNOWN_SERVICE } from './otlp';
import type { Attributes, AttributeValue, Span, SpanEvent, SpanLink } from './span';
import { compareNano, unixMicros } from './time';

/** What describes the SDK belongs to the process, wherever it was written. */
const LIBRARY = /^telemetry\.(sdk|distro)\./;

function keyValue(key: string, value: AttributeValue): JaegerKeyValue {
  switch (typeof value) {
    case 'string':
      return { key, type: 'string', value };
    case 'boolean':
      return { key, type: 'bool', value };
    case 'number':
      return { key, type: Number.isInteger(value) ? 'int64' : 'float64', value };
    default:
      return { key, type: 'string', value: value === null ? '' : JSON.stringify(value) };
  }
}

/** Old senders write an address as a 32-bit number, which Jaeger shows in its dotted form. */
function readable({ key, value, ...rest }: JaegerKeyValue): JaegerKeyValue {
  if (!['ip', 'peer.ipv4'].includes(key) || typeof value !== 'number') return { key, value, ...rest };
  const dotted = [24, 16, 8, 0].map((bits) => (value >>> bits) & 0xff).join('.');
  return { key, type: 'string', value: dotted };
}

function tagsOf(attributes: Attributes): JaegerKeyValue[] {
  return Object.entries(attributes).map(([key, value]) => keyValue(key, value));
}

function text(key: string, value: string | undefined): JaegerKeyValue[] {
  return value === undefined || value === '' ? [] : [{ key, type: 'string', value }];
}

/** In the order of Jaeger's own translation: scope, attributes, kind, status, trace state. */
function spanTags({ scope, attributes, kind, status, traceState }: Span, raw: boolean): JaegerKeyValue[] {
  const failed = status.code === 'error';
  const tags = tagsOf(attributes);
  return [
    ...text('otel.scope.name', scope.name),
    ...text('otel.scope.version', scope.version),
    ...(raw ? tags : tags.filter(({ key }) => !LIBRARY.test(key)).map(readable)),
    ...text('span.kind', kind),
    ...text('otel.status_code', status.code === 'unset' ? undefined : status.code.toUpperCase()),
    ...(failed ? [{ key: 'error', type: 'bool', value: true } as const] : []),
    ...text('otel.status_description', status.message),
    ...text('w3c.tracestate', traceState),
  ];
}

function log({ name, timeUnixNano, attributes }: SpanEvent): JaegerLog {
  return { timestamp: unixMicros(timeUnixNano), fields: [...text('event', name), ...tagsOf(attributes)] };
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

function processOf({ service, resource, attributes }: Span, raw: boolean): JaegerProcess {
  const moved = raw ? [] : Object.entries(attributes).filter(([key]) => LIBRARY.test(key) && !(key in resource));
  return {
    serviceName: service === UNKNOWN_SERVICE ? 'OTLPResourceNoServiceName' : service,
    tags: tagsOf({ ...resource, ...Object.fromEntries(moved) }),
  };
}

function jaegerTrace(traceID: string, spans: readonly Span[], raw: boolean): JaegerTrace {
  const warnings = raw ? undefined : jaegerWarnings(spans);
  const ids = new Map<string, string>();
  const processes: Record<string, JaegerProcess> = {};
  const inOrder = [...spans].sort((a, b) => compareNano(a.startTimeUnixNano, b.startTimeUnixNano));
  const jaegerSpans = inOrder.map((span): JaegerSpan => {
    const process = processOf(span, raw);
    const key = JSON.stringify(process);
    const processID = ids.get(key) ?? `p${ids.size + 1}`;
    ids.set(key, processID);
    processes[processID] = process;
    return {
      traceID,
      spanID: span.spanId,
      operationName: span.name,
      references: references(span),
      startTime: unixMicros(span.startTimeUnixNano),
      duration: Math.round(span.durationNano / 1000),
      tags: spanTags(span, raw),
      logs: span.events.map(log),
      processID,
      warnings: warnings?.get(span) ?? null,
    };
  });
  return { traceID, spans: jaegerSpans, processes, warnings: null };
}

export interface JaegerOptions {
  /** Leaves out what Jaeger adjusts as it reads a trace: its warnings, and tags that it moves or makes readable. */
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
  const data = [...traces].map(([traceId, ofTrace]) => jaegerTrace(traceId, ofTrace, raw));
  return { data, total: 0, limit: 0, offset: 0, errors: null };
}
