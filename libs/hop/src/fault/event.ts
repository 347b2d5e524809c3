import type { Attributes, Span } from '@opentelemetry/api';
import type { Firing } from './plan';

/** What the event of a firing says. `summary` is one short phrase, e.g. `delayed 200 ms`. */
export function firedAttributes({ plan, fault, index }: Firing, summary: string): Attributes {
  return {
    'fault.index': index,
    'fault.kind': fault.kind,
    'fault.hop': fault.hop,
    'fault.plan': plan.id,
    'fault.summary': summary,
  };
}

/** Tells on the span that it was hit. */
export function noteFired(span: Span, attributes: Attributes): void {
  span.addEvent('fault.fired', attributes);
}
