import type { Attributes } from '@opentelemetry/api';
import { currentScope } from './hop-context';

/** Something worth knowing that the running hop did or saw, e.g. a change of state or a notification: an event on its span. */
export function noteEvent(name: string, attributes: Attributes = {}): void {
  currentScope()?.span.addEvent(name, attributes);
}

/** Adds to what the running hop tells about its decision. */
export function noteAttributes(attributes: Attributes): void {
  currentScope()?.span.setAttributes(attributes);
}
