import { goText } from './go-json';
import { jaegerWarnings, withWarnings } from './jaeger-warnings';
import type { Attributes, AttributeValue, Span, SpanEvent } from './span';

/** What describes the SDK belongs to the process, wherever it was written. */
const OF_PROCESS = [
  'telemetry.distro.name',
  'telemetry.distro.version',
  'telemetry.sdk.language',
  'telemetry.sdk.name',
  'telemetry.sdk.version',
];
/** Old senders write an address as a 32-bit number, which Jaeger shows in its dotted form. */
const ADDRESSES = ['ip', 'peer.ipv4'];

function isSorted(keys: readonly string[]): boolean {
  for (let index = 1; index < keys.length; index++) if (keys[index - 1]! > keys[index]!) return false;
  return true;
}

function sorted(attributes: Attributes): Attributes {
  const keys = Object.keys(attributes);
  if (isSorted(keys)) return attributes;
  const inOrder: Record<string, AttributeValue> = {};
  for (const key of keys.sort()) inOrder[key] = attributes[key]!;
  return inOrder;
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((bits) => (address >>> bits) & 0xff).join('.');
}

function adjusted(attributes: Attributes): Attributes {
  const inOrder = sorted(attributes);
  const addresses = ADDRESSES.filter((key) => typeof inOrder[key] === 'number');
  if (addresses.length === 0) return inOrder;
  return { ...inOrder, ...Object.fromEntries(addresses.map((key) => [key, dotted(inOrder[key] as number)])) };
}

function byName(a: SpanEvent, b: SpanEvent): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** Resources with what spans had of them, each made once. */
class Resources {
  readonly #known = new Map<Attributes, Map<string, Attributes>>();

  with(resource: Attributes, moved: Moved): Attributes {
    let known = this.#known.get(resource);
    if (!known) this.#known.set(resource, (known = new Map<string, Attributes>()));
    const key = moved.length === 0 ? '' : JSON.stringify(moved);
    let found = known.get(key);
    if (!found) known.set(key, (found = { ...adjusted(resource), ...Object.fromEntries(moved) }));
    return found;
  }
}

function inOrder<T extends { attributes: Attributes }>(item: T): T {
  return { ...item, attributes: sorted(item.attributes) };
}

type Moved = Array<readonly [string, AttributeValue]>;
const NOTHING: Moved = [];

/** What of a span's attributes stays with it, and what goes to its process; adds to `warnings` what cannot go there. */
function ofProcess({ attributes, resource }: Span, warnings: string[]): { attributes: Attributes; moved: Moved } {
  const all = adjusted(attributes);
  const candidates = OF_PROCESS.filter((key) => Object.hasOwn(all, key));
  if (candidates.length === 0) return { attributes: all, moved: NOTHING };
  const own = { ...all };
  const moved: Moved = [];
  for (const key of candidates) {
    if (!Object.hasOwn(resource, key)) moved.push([key, all[key]!]);
    else if (goText(resource[key]!) !== goText(all[key]!)) {
      warnings.push(`conflicting values between Span and Resource for attribute ${key}`);
      continue;
    }
    delete own[key];
  }
  return { attributes: own, moved };
}

/**
 * The spans of one trace as Jaeger's query API gives them unless it is asked for raw ones: attributes in order, events by
 * name, addresses readable, the SDK's description with the process, and what it warns of in the attribute that is for that.
 */
export function adjustForJaeger(spans: readonly Span[]): Span[] {
  const skew = jaegerWarnings(spans);
  const resources = new Resources();
  return spans.map((span) => {
    const warnings = skew.get(span) ?? [];
    const { attributes, moved } = ofProcess(span, warnings);
    const { events, links } = span;
    const own: Span = {
      ...span,
      attributes,
      events: events.length === 0 ? events : [...events].sort(byName).map(inOrder),
      links: links.length === 0 ? links : links.map(inOrder),
      resource: resources.with(span.resource, moved),
    };
    return warnings.length === 0 ? own : withWarnings(own, warnings);
  });
}
