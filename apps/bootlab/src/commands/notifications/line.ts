import type { Notification } from '@bootlab/rpc';
import { pc } from '../../cli/colors';

const TYPE_WIDTH = 32;
const PUBLISHER_WIDTH = 24;

/** One line for people: time, kind, who tells it, and about what. */
export function notificationLine({ timestamp, priority, event_type, publisher_id, payload }: Notification): string {
  const type = event_type.padEnd(TYPE_WIDTH);
  const painted = priority === 'ERROR' ? pc.red(type) : type;
  return `${pc.dim(timestamp.slice(11, 23))} ${painted} ${pc.cyan(publisher_id.padEnd(PUBLISHER_WIDTH))} ${about(payload)}`;
}

/** A versioned payload wraps its fields. */
function about(payload: unknown): string {
  if (typeof payload !== 'object' || payload === null) return String(payload);
  const fields = ((payload as Record<string, unknown>)['nova_object.data'] ?? payload) as Record<string, unknown>;
  const { uuid, instance_id, image_id, id, state, status, task_state, state_description, message, reason } = fields;
  return [uuid ?? instance_id ?? image_id ?? id, state ?? status, task_state ?? state_description, message ?? reason]
    .filter((word) => typeof word === 'string' && word !== '')
    .join(' ');
}
