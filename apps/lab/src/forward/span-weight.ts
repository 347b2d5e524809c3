import type { AttributeValue, Span } from '@bootlab/trace-model';

/** Bytes of a span without attributes. */
const BARE = 400;

function weightOf(value: AttributeValue): number {
  if (typeof value === 'string') return value.length + 8;
  if (typeof value !== 'object' || value === null) return 8;
  let weight = 16;
  for (const inner of Object.values<AttributeValue>(value)) weight += weightOf(inner);
  return weight;
}

/** About as many bytes as a span takes in memory or on the wire: what makes spans differ is their texts. */
export function spanWeight({ attributes, events, links, status }: Span): number {
  let weight = BARE + weightOf(attributes) + (status.message?.length ?? 0);
  for (const event of events) weight += BARE / 4 + weightOf(event.attributes);
  for (const link of links) weight += BARE / 4 + weightOf(link.attributes);
  return weight;
}
