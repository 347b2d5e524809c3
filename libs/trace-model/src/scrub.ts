import { toJaeger } from './jaeger';
import type { JaegerDocument } from './jaeger-json';
import { numberInOrder, scrubValue, textScrubber } from './scrub-text';
import type { Attributes, Span } from './span';
import { addNano, compareNano, nanoBetween } from './time';
import { buildTree, TreeNode, walk } from './tree';

/** When every reference trace starts: the day of Queens. */
const START = '1519776000000000000';
/** What differs from machine to machine and tells nothing of the boot. */
const DROPPED = /(?:^|\.)(?:port|pid|stacktrace)$/;

/** FNV-1a of 64 bits, as 16 hex digits. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
  }
  return value.toString(16).padStart(16, '0');
}

/** An id for each span out of its place in the tree, so that a span more or less leaves the other ids as they are. */
function placeIds(name: string, nodes: readonly TreeNode[], rename: (text: string) => string): Map<string, string> {
  const ids = new Map<string, string>();
  const seen = new Map<string, number>();
  const nth = (place: string) => {
    const times = (seen.get(place) ?? 0) + 1;
    seen.set(place, times);
    return `${place}#${times}`;
  };
  for (const { span } of nodes) {
    const { parentSpanId } = span;
    if (parentSpanId !== undefined && !ids.has(parentSpanId)) ids.set(parentSpanId, hash(nth(`${name}/missing`)));
    const above = parentSpanId === undefined ? name : ids.get(parentSpanId)!;
    ids.set(span.spanId, hash(nth(`${above}/${span.service} ${span.kind} ${rename(span.name)}`)));
  }
  return ids;
}

const wholeMicros = (nanos: number) => Math.round(nanos / 1000) * 1000;

/**
 * The spans as another run of the same scenario would leave them, but for durations: ids made of the scenario's name and a span's
 * place, times from a fixed start on, identifiers numbered in order, no host name, pid, port or state folder.
 */
export function scrub(name: string, spans: readonly Span[]): Span[] {
  const nodes = [...walk(buildTree(spans))].map(({ node }) => node);
  const rename = textScrubber(spans, numberInOrder());
  const ids = placeIds(name, nodes, rename);
  const traceId = hash(name) + hash(`${name}/trace`);
  const first = spans.map((span) => span.startTimeUnixNano).sort(compareNano)[0] ?? START;
  const moved = (time: string) => addNano(START, wholeMicros(nanoBetween(first, time)));
  const scrubbed = (attributes: Attributes): Attributes =>
    scrubValue(
      Object.fromEntries(Object.entries(attributes).filter(([key]) => !DROPPED.test(key))),
      rename,
    ) as Attributes;
  return nodes.map(({ span }) => ({
    ...span,
    traceId,
    spanId: ids.get(span.spanId)!,
    ...(span.parentSpanId === undefined ? {} : { parentSpanId: ids.get(span.parentSpanId)! }),
    name: rename(span.name),
    startTimeUnixNano: moved(span.startTimeUnixNano),
    durationNano: wholeMicros(span.durationNano),
    attributes: scrubbed(span.attributes),
    events: span.events.map((event) => ({
      ...event,
      timeUnixNano: moved(event.timeUnixNano),
      attributes: scrubbed(event.attributes),
    })),
    links: span.links.flatMap((link) => {
      const spanId = ids.get(link.spanId);
      return spanId === undefined ? [] : [{ ...link, traceId, spanId, attributes: scrubbed(link.attributes) }];
    }),
    status: { ...span.status, ...(span.status.message === undefined ? {} : { message: rename(span.status.message) }) },
    resource: scrubbed(span.resource),
  }));
}

/**
 * A scenario's trace as it is kept in `traces/`: Jaeger's JSON, which its page opens by upload. Spans stand in the order of the
 * tree, not of time, so that the next one differs in few lines.
 */
export function referenceDocument(name: string, spans: readonly Span[]): JaegerDocument {
  const scrubbed = scrub(name, spans);
  const places = new Map(scrubbed.map(({ spanId }, place) => [spanId, place]));
  const document = toJaeger(scrubbed, { raw: true });
  for (const trace of document.data) trace.spans.sort((a, b) => places.get(a.spanID)! - places.get(b.spanID)!);
  return document;
}
