import type { AttributeValue, Span } from './span';

/** Names the `n`-th different identifier of a trace; the same identifier always has the same number. */
type Numbering = (identifier: string) => number;

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const HEX = /\b(?:[0-9a-f]{40}|[0-9a-f]{32})\b/gi;
const RESERVATION = /\br-[0-9a-z]{8}\b/g;
const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?/g;
const LOCAL_PORT = /(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}\b/g;
const STATE_FOLDERS = [/(\/[^\s"'`]*?)\/instances\//g, /file:\/\/(\/[^\s"'`]*?)\/images\//g];

const HOST = 'host';
const HOME = '$BOOTLAB_HOME';
const MOMENT = '2018-02-28T00:00:00Z';

/** Every text among the values, also those inside lists and maps. */
function* textsIn(value: AttributeValue): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) yield* textsIn(inner);
}

function* textsOf({ attributes, events, status }: Span): Generator<string> {
  yield* textsIn(attributes);
  for (const event of events) yield* textsIn(event.attributes);
  if (status.message !== undefined) yield status.message;
}

/** The state folders that the texts of a trace name: what stands before `/instances/`, and before `/images/` of a file store. */
function homesIn(spans: readonly Span[]): string[] {
  const homes = new Set<string>();
  for (const span of spans) {
    for (const text of textsOf(span)) {
      for (const pattern of STATE_FOLDERS) for (const [, home] of text.matchAll(pattern)) homes.add(home!);
    }
  }
  return [...homes].sort((a, b) => b.length - a.length);
}

/** A host's name, where it stands alone or behind a topic, as in `compute.node-1`. */
function hostPattern(spans: readonly Span[]): RegExp | undefined {
  const hosts = new Set(spans.map(({ resource }) => resource['host.name']));
  const names = [...hosts].filter((host) => typeof host === 'string' && host !== '') as string[];
  const escaped = names.map((host) => host.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return names.length === 0 ? undefined : new RegExp(`(?<=^|[.:@"])(?:${escaped.join('|')})(?![\\w.-])`, 'g');
}

/** Numbers identifiers from 1 on, in the order in which they come up. */
export function numberInOrder(): Numbering {
  const numbers = new Map<string, number>();
  return (identifier) => {
    const number = numbers.get(identifier) ?? numbers.size + 1;
    numbers.set(identifier, number);
    return number;
  };
}

/** One number for all, so that texts that differ in identifiers only become equal. */
export const allAlike: Numbering = () => 0;

/**
 * Rewrites texts of a trace without what another run or another machine would say differently: ids, host names, local ports,
 * moments, the lab's state folder.
 */
export function textScrubber(spans: readonly Span[], numberOf: Numbering): (text: string) => string {
  const homes = homesIn(spans);
  const hosts = hostPattern(spans);
  const padded = (identifier: string, width: number) => String(numberOf(identifier.toLowerCase())).padStart(width, '0');
  return (text) => {
    let result = homes.reduce((so, home) => so.replaceAll(home, HOME), text);
    if (hosts !== undefined) result = result.replaceAll(hosts, HOST);
    return result
      .replaceAll(UUID, (uuid) => `00000000-0000-4000-8000-${padded(uuid, 12)}`)
      .replaceAll(HEX, (hex) => padded(hex, hex.length))
      .replaceAll(RESERVATION, (id) => `r-${padded(id, 8)}`)
      .replaceAll(TIME, MOMENT)
      .replaceAll(LOCAL_PORT, '$1');
  };
}

/** A value with all its texts rewritten. */
export function scrubValue(value: AttributeValue, scrubText: (text: string) => string): AttributeValue {
  if (typeof value === 'string') return scrubText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as AttributeValue[]).map((inner) => scrubValue(inner, scrubText));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, scrubValue(inner, scrubText)]));
}
