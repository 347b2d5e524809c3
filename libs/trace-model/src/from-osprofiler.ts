import { normalizeTraceId } from './id';
import { UNKNOWN_SERVICE } from './otlp';
import type { Attributes, AttributeValue, Span, SpanKind } from './span';
import { addNano, nanoBetween } from './time';

/** A document that is not osprofiler's report, in one sentence that names the place. */
export class OsprofilerError extends Error {
  override readonly name = 'OsprofilerError';
}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const objectOf = (value: unknown): Json => (isObject(value) ? value : {});
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const NANO_PER_MILLI = 1e6;
/** What the report says of a point itself; the rest of its payload becomes attributes. */
const PAYLOAD = /^meta\.raw_payload\..*-(start|stop)$/;
/** osprofiler's words for what OpenTelemetry has names for. */
const KNOWN: Readonly<Record<string, string>> = {
  'request.method': 'http.request.method',
  'request.path': 'url.path',
  'request.query': 'url.query',
  'request.scheme': 'url.scheme',
  'requests.method': 'http.request.method',
  'requests.path': 'url.path',
  'requests.query': 'url.query',
  'requests.scheme': 'url.scheme',
  'requests.hostname': 'server.address',
  'requests.port': 'server.port',
  'requests.status_code': 'http.response.status_code',
  'db.statement': 'db.query.text',
  'function.name': 'code.function.name',
  etype: 'error.type',
};

interface Point {
  info: Json;
  start: Json;
  stop: Json;
  traceId: string;
  parentId: string;
  place: string;
}

/** Whether a document looks like what `osprofiler trace show --json` prints. */
export function isOsprofiler(document: unknown): boolean {
  return isObject(document) && isObject(document['info']) && Array.isArray(document['children']);
}

/** Every point of the report, a parent before its children. Walks without recursion: how deep it goes is not ours to say. */
function pointsOf(report: Json): Point[] {
  const points: Point[] = [];
  const open = (children: unknown, place: string) =>
    (Array.isArray(children) ? (children as unknown[]) : [])
      .map((node, index) => ({ node, place: `${place}children[${index}]` }))
      .reverse();
  const stack = open(report['children'], '');
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const { node, place } = at;
    if (!isObject(node)) throw new OsprofilerError(`${place} must be an object.`);
    const info = objectOf(node['info']);
    const raw = (end: string) => objectOf(Object.entries(info).find(([key]) => PAYLOAD.exec(key)?.[1] === end)?.[1]);
    const [traceId, parentId] = [textOf(node['trace_id']), textOf(node['parent_id'])];
    if (traceId === undefined || parentId === undefined) {
      throw new OsprofilerError(`${place} needs a trace_id and a parent_id.`);
    }
    points.push({ info, start: raw('start'), stop: raw('stop'), traceId, parentId, place });
    stack.push(...open(node['children'], `${place}.`));
  }
  return points;
}

/** A UUID as 32 hex digits. */
function hex(uuid: string, place: string): string {
  const digits = normalizeTraceId(uuid.replaceAll('-', ''));
  if (digits === undefined) throw new OsprofilerError(`${place} has "${uuid}" where an id (UUID) must be.`);
  return digits;
}

/** `2017-06-01T12:00:00.123456`, which is UTC, in nanoseconds. */
function nanoOf(timestamp: unknown): string | undefined {
  const [, seconds, fraction = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?$/.exec(String(timestamp)) ?? [];
  const millis = seconds === undefined ? NaN : Date.parse(`${seconds}Z`);
  return Number.isNaN(millis) ? undefined : `${millis / 1000}${fraction.padEnd(9, '0')}`;
}

/** The report counts milliseconds from its first point; only the payloads tell the time of day. */
function zeroOf(points: Point[]): string {
  for (const { info, start, stop } of points) {
    for (const [payload, millis] of [
      [start, info['started']],
      [stop, info['finished']],
    ] as const) {
      const nano = nanoOf(payload['timestamp']);
      if (nano !== undefined) return addNano(nano, -Number(millis ?? 0) * NANO_PER_MILLI);
    }
  }
  throw new OsprofilerError('No point of the report has a timestamp: show it again with the payloads (--json).');
}

function timesOf({ info, start, stop, place }: Point, zero: string): { from: string; took: number } {
  const at = (payload: Json, millis: unknown) => {
    const exact = nanoOf(payload['timestamp']);
    if (exact !== undefined) return exact;
    if (typeof millis === 'number' && Number.isFinite(millis)) return addNano(zero, millis * NANO_PER_MILLI);
    throw new OsprofilerError(`${place}.info needs "started" and "finished" in milliseconds.`);
  };
  const from = at(start, info['started']);
  return { from, took: Math.max(0, nanoBetween(from, at(stop, info['finished']))) };
}

/** Nested facts under dotted names: `{request: {method}}` → `http.request.method`. */
function attributesOf({ start, stop, info }: Point): Attributes {
  const attributes: Record<string, AttributeValue> = { 'osprofiler.point': textOf(info['name']) ?? '' };
  for (const facts of [objectOf(start['info']), objectOf(stop['info'])]) {
    for (const [group, value] of Object.entries(facts)) {
      const inner = isObject(value)
        ? Object.entries(value).map(([key, item]) => [`${group}.${key}`, item])
        : [[group, value]];
      for (const [key, item] of inner as [string, AttributeValue][]) {
        if (key !== 'host') attributes[KNOWN[key] ?? `osprofiler.${key}`] = item;
      }
    }
  }
  return attributes;
}

function kindOf(point: string): SpanKind {
  if (point.includes('wsgi')) return 'server';
  return /db|http|requests/.test(point) ? 'client' : 'internal';
}

function nameOf(attributes: Attributes, point: string): string {
  const [method, path, query, code] = ['http.request.method', 'url.path', 'db.query.text', 'code.function.name'].map(
    (key) => textOf(attributes[key]),
  );
  if (method !== undefined) return `${method} ${path ?? ''}`.trim();
  if (query !== undefined) return query.trim().split(/\s/, 1)[0]!.toUpperCase();
  return code?.split('.').at(-1) ?? point;
}

function spanOf(point: Point, baseId: string, zero: string): Span {
  const { info, traceId, parentId, place } = point;
  const attributes = attributesOf(point);
  const name = textOf(info['name']) ?? '';
  const service = [info['project'], info['service']].flatMap((part) => textOf(part) ?? []).join('-');
  const host = textOf(info['host']);
  const exception = textOf(info['exception']);
  const parent = hex(parentId, place);
  const { from, took } = timesOf(point, zero);
  return {
    traceId: baseId,
    // Its Jaeger and OTLP drivers take the lower half too, so that a trace imported both ways has the same ids.
    spanId: hex(traceId, place).slice(16),
    ...(parent === baseId ? {} : { parentSpanId: parent.slice(16) }),
    name: nameOf(attributes, name),
    kind: kindOf(name),
    service: service === '' ? UNKNOWN_SERVICE : service,
    startTimeUnixNano: from,
    durationNano: took,
    attributes,
    events: [],
    links: [],
    status: exception === undefined || exception === 'None' ? { code: 'unset' } : { code: 'error', message: exception },
    resource: host === undefined ? {} : { 'host.name': host },
    scope: { name: 'osprofiler' },
  };
}

/**
 * The spans of what `osprofiler trace show --json` prints. The trace id is the report's base id; a span id is the lower half
 * of its point's id.
 * @throws OsprofilerError in one sentence that names the place
 */
export function fromOsprofiler(document: unknown): Span[] {
  if (!isOsprofiler(document))
    throw new OsprofilerError('This is not osprofiler\'s report: it takes "info" and "children".');
  const points = pointsOf(document as Json);
  const [first] = points;
  if (first === undefined) throw new OsprofilerError('The report has no points: the trace was not there, or not kept.');
  const baseId = hex(textOf(first.start['base_id']) ?? textOf(first.stop['base_id']) ?? first.parentId, first.place);
  const zero = zeroOf(points);
  return points.map((point) => spanOf(point, baseId, zero));
}
