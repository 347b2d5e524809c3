import { goText } from './go-json';
import { jaegerWarnings, WARNINGS, warningsOf } from './jaeger-warnings';
import type { Attributes, AttributeValue, Span, SpanEvent } from './span';

/** What describes the SDK belongs to the process, wherever it was written. */
const OF_PROCESS = new Set([
  'telemetry.distro.name',
  'telemetry.distro.version',
  'telemetry.sdk.language',
  'telemetry.sdk.name',
  'telemetry.sdk.version',
]);
/** Old senders write an address as a 32-bit number, which Jaeger shows in its dotted form. */
const ADDRESSES = ['ip', 'peer.ipv4'];

function sorted(attributes: Attributes): Attributes {
  const keys = Object.keys(attributes);
  if (keys.every((key, index) => index === 0 || keys[index - 1]! <= key)) return attributes;
  return Object.fromEntries(keys.sort().map((key) => [key, attributes[key]!]));
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

  with(resource: Attributes, moved: ReadonlyArray<readonly [string, AttributeValue]>): Attributes {
    let known = this.#known.get(resource);
    if (!known) this.#known.set(resource, (known = new Map()));
    const key = moved.length === 0 ? '' : JSON.stringify(moved);
    let found = known.get(key);
    if (!found) known.set(key, (found = { ...adjusted(resource), ...Object.fromEntries(moved) }));
    return found;
  }
}

/**
 * The spans of one trace as Jaeger's query API gives them unless it is asked for raw ones: attributes in order, events by
 * name, addresses readable, the SDK's description with the process, and what it warns of in the attribute that is for that.
 */
export function adjustForJaeger(spans: readonly Span[]): Span[] {
  const skew = jaegerWarnings(spans);
  const resources = new Resources();
  return spans.map((span) => {
    const warnings = [...warningsOf(span), ...(skew.get(span) ?? [])];
    const moved: Array<readonly [string, AttributeValue]> = [];
    const own: Record<string, AttributeValue> = {};
    for (const [key, value] of Object.entries(adjusted(span.attributes))) {
      const ofResource = span.resource[key];
      if (!OF_PROCESS.has(key)) own[key] = value;
      else if (ofResource === undefined) moved.push([key, value]);
      else if (goText(ofResource) !== goText(value)) {
        own[key] = value;
        warnings.push(`conflicting values between Span and Resource for attribute ${key}`);
      }
    }
    if (warnings.length > 0) own[WARNINGS] = warnings;
    return {
      ...span,
      attributes: own,
      events: [...span.events].sort(byName).map((event) => ({ ...event, attributes: sorted(event.attributes) })),
      links: span.links.map((link) => ({ ...link, attributes: sorted(link.attributes) })),
      resource: resources.with(span.resource, moved),
    };
  });
}
