import { Attributes, context } from '@opentelemetry/api';
import { currentScope } from './scope';

/** Something worth knowing that the running hop did or saw, e.g. a change of state or a notification: an event on its span. */
export function noteEvent(name: string, attributes: Attributes = {}): void {
  currentScope(context.active())?.span.addEvent(name, attributes);
}

/** Adds to what the running hop tells about its decision. */
export function noteAttributes(attributes: Attributes): void {
  currentScope(context.active())?.span.setAttributes(attributes);
}
