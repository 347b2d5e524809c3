import { noteEvent } from '@bootlab/hop';
import type { Notifier, Priority } from '@bootlab/rpc';
import type { Attributes } from '@opentelemetry/api';
import type { ImageMeta } from './common/image-meta';

interface Way {
  notifier: Notifier;
  topics: readonly string[];
  publisher: string;
}

let way: Way | undefined;

/** From now on notifications are messages too. */
export function notifyThrough(given: Way): void {
  way = given;
}

/**
 * Tells the world what happened to an image: as an event on the running span and, where there is a broker, as a message.
 * Plays `glance.notifier.Notifier`.
 */
export function notify(eventType: string, image: Pick<ImageMeta, 'id'> & Partial<ImageMeta>): void {
  const { id, status, size } = image;
  const told = {
    ...(status === undefined ? {} : { 'image.status': status }),
    ...(size === undefined || size === null ? {} : { 'image.size': size }),
  };
  tell(eventType, 'INFO', { 'image.id': id, ...told }, basics(image));
}

/** As {@link notify}, for a failure. */
export function notifyError(eventType: string, imageId: string, reason: string): void {
  tell(eventType, 'ERROR', { 'image.id': imageId, reason }, reason);
}

/** Tells that the bytes of an image went out, or with `complete` false not all of them. */
export function notifySent(imageId: string, bytesSent: number, complete: boolean): void {
  const payload = { image_id: imageId, bytes_sent: bytesSent };
  tell('image.send', complete ? 'INFO' : 'ERROR', { 'image.id': imageId, bytes_sent: bytesSent }, payload);
}

function tell(
  eventType: string,
  priority: Priority,
  attributes: Attributes,
  payload: Record<string, unknown> | string,
): void {
  noteEvent('notification', { event_type: eventType, priority, ...attributes });
  way?.notifier.send(way.topics, way.publisher, eventType, priority, payload);
}

/** Never where the bytes are: a location may have a password. */
function basics(image: Pick<ImageMeta, 'id'> & Partial<ImageMeta>): Record<string, unknown> {
  const { id, name, status, owner, size, checksum, disk_format, container_format, created_at, updated_at } = image;
  return { id, name, status, owner, size, checksum, disk_format, container_format, created_at, updated_at };
}
