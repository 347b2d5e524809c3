import type { Span } from '@bootlab/trace-model';

const COLORS = 6;

/** The class that colours a service: one each, in the order in which they come up, from the start when there are too many. */
export function serviceColors(spans: readonly Span[]): (service: string) => string {
  const services = [...new Set(spans.map(({ service }) => service))];
  return (service) => `s${Math.max(0, services.indexOf(service)) % COLORS}`;
}
