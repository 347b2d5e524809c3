import { noteEvent } from '@bootlab/hop';
import type { Attributes } from '@opentelemetry/api';

export type Priority = 'INFO' | 'ERROR';

/**
 * Sends a notification. The lab has no notification bus: the notification stands on the span of the hop that sends it.
 * @param eventType e.g. `compute.instance.create.start`
 * @param publisher e.g. `compute.node1`, or `nova-compute:node1` for a versioned one
 */
export function notify(publisher: string, eventType: string, priority: Priority, attributes: Attributes = {}): void {
  noteEvent('notification', {
    'notification.event_type': eventType,
    'notification.publisher_id': publisher,
    'notification.priority': priority,
    ...attributes,
  });
}
