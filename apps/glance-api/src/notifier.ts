import { noteEvent } from '@bootlab/hop';
import type { ImageMeta } from './common/image-meta';

/** Tells the world what happened to an image: an event on the running span. Plays `glance.notifier.Notifier`. */
export function notify(eventType: string, image: Pick<ImageMeta, 'id'> & Partial<ImageMeta>): void {
  const { id, status, size } = image;
  noteEvent('notification', {
    event_type: eventType,
    priority: 'INFO',
    'image.id': id,
    ...(status === undefined ? {} : { 'image.status': status }),
    ...(size === undefined || size === null ? {} : { 'image.size': size }),
  });
}

/** As {@link notify}, for a failure. */
export function notifyError(eventType: string, imageId: string, reason: string): void {
  noteEvent('notification', { event_type: eventType, priority: 'ERROR', 'image.id': imageId, reason });
}
