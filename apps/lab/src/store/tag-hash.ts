import { Attributes, goText, Scope, Span } from '@bootlab/trace-model';
import { CompiledQuery } from 'kysely';

/** Traces whose tags lie together. */
const BLOCK = 256;

export function blockOf(trace: number): number {
  return Math.floor(trace / BLOCK);
}

/** FNV-1a with 32 bits, carried on from `hash`. */
function carryOn(hash: number, text: string, end: number): number {
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return Math.imul(hash ^ end, 0x01000193);
}

const hashesOfServices = new Map<string, number>();

function serviceHash(service: string): number {
  let hash = hashesOfServices.get(service);
  if (hash === undefined) {
    hash = carryOn(0x811c9dc5, service, 0);
    if (hashesOfServices.size < MOST_SERVICES) hashesOfServices.set(service, hash);
  }
  return hash;
}

/** Services whose hash is remembered. */
const MOST_SERVICES = 1000;

/** The hash of a tag on a span of a service. Two tags may share one, so what it finds is looked at again. */
export function tagHash(service: string, key: string, value: string): number {
  return carryOn(carryOn(serviceHash(service), key, 0x3d), value, 0) >>> 0;
}

/** What is longer is not worth an index: nobody types it. It must not be searched for by its hash. */
export const LONGEST_INDEXED = 1024;

function addHashes(hashes: Set<number>, service: string, attributes: Attributes): void {
  for (const key in attributes) {
    const text = goText(attributes[key]!);
    if (text.length <= LONGEST_INDEXED) hashes.add(tagHash(service, key, text));
  }
}

/** The hashes of the tags of traces, by their number. */
export type TagHashes = Map<number, Set<number>>;

/** Adds what the spans are tagged with, each hash once a trace. */
export function addTags(hashesOf: TagHashes, spans: readonly Span[], traces: ReadonlyMap<string, number>): void {
  // Spans that are read back share one scope over services of the same host.
  const resources = new Map<string, Map<Scope, Set<number>>>();
  for (const span of spans) {
    const trace = traces.get(span.traceId)!;
    let hashes = hashesOf.get(trace);
    if (!hashes) hashesOf.set(trace, (hashes = new Set()));
    const { service } = span;
    addHashes(hashes, service, span.attributes);
    for (const { attributes } of span.events) addHashes(hashes, service, attributes);
    for (const { attributes } of span.links) addHashes(hashes, service, attributes);
    let ofService = resources.get(service);
    if (!ofService) resources.set(service, (ofService = new Map<Scope, Set<number>>()));
    let resource = ofService.get(span.scope);
    if (!resource) {
      addHashes((resource = new Set()), service, span.resource);
      addHashes(resource, service, span.scope.attributes ?? {});
      ofService.set(span.scope, resource);
    }
    for (const hash of resource) hashes.add(hash);
  }
}

const INSERT_TAGS = `
  insert or ignore into tags (block, hash, trace)
  select value->>0, value->>1, value->>2 from json_each(?)`;

/** Writes rows of the table `tags`, in the order in which they lie there. */
export function insertTags(hashesOf: TagHashes): CompiledQuery {
  const rows: Array<[block: number, hash: number, trace: number]> = [];
  for (const [trace, hashes] of hashesOf) for (const hash of hashes) rows.push([blockOf(trace), hash, trace]);
  rows.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  return CompiledQuery.raw(INSERT_TAGS, [JSON.stringify(rows)]);
}
