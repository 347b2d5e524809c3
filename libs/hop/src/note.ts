import { Attributes, trace } from '@opentelemetry/api';
import { currentScope } from './scope';

/**
 * Something worth knowing that the running hop did or saw, e.g. a change of state or a notification: an event on its span,
 * or outside of hops on the span of the message or request.
 */
export function noteEvent(name: string, attributes: Attributes = {}): void {
  const span = currentScope()?.span ?? trace.getActiveSpan();
  span?.addEvent(name, attributes);
}

/** Adds to what the running hop tells about its decision. */
export function noteAttributes(attributes: Attributes): void {
  currentScope()?.span.setAttributes(attributes);
}
