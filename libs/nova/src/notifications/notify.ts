import { noteEvent } from '@bootlab/hop';
import type { Notifier, Priority } from '@bootlab/rpc';
import type { Attributes } from '@opentelemetry/api';
import type { Instance } from '../objects/instance';
import { unversionedPayload, versionedPayload } from './payload';

/** The topics of both forms of notifications; none for a form that is not sent. */
export interface NotificationTopics {
  unversioned: readonly string[];
  versioned: readonly string[];
}

let way: { notifier: Notifier; topics: NotificationTopics } | undefined;

/** From now on this process sends its notifications through `notifier`, as `nova.rpc.NOTIFIER` does in the original. */
export function notifyThrough(notifier: Notifier, topics: NotificationTopics): void {
  way = { notifier, topics };
}

/**
 * Sends a notification: as an event on the span of the hop that sends it and, where there is a broker, as a message.
 * @param publisher e.g. `compute.node1`, or `nova-compute:node1` for a versioned one
 * @param eventType e.g. `compute.instance.create.start`
 * @param instance adds to the message what is known of it
 */
export function notify(
  publisher: string,
  eventType: string,
  priority: Priority,
  attributes: Attributes = {},
  instance?: Instance,
): void {
  noteEvent('notification', {
    'notification.event_type': eventType,
    'notification.publisher_id': publisher,
    'notification.priority': priority,
    ...attributes,
  });
  if (!way) return;
  const { notifier, topics } = way;
  const versioned = publisher.includes(':');
  const payload = versioned
    ? versionedPayload(eventType, attributes, instance)
    : unversionedPayload(attributes, instance);
  notifier.send(versioned ? topics.versioned : topics.unversioned, publisher, eventType, priority, payload);
}
