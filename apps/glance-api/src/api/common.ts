import { hop, hopGenerator } from '@bootlab/hop';
import { glanceException } from '@bootlab/openstack';
import { notifySent } from '../notifier';

/** Tells how many bytes went out; an error when that is not what was promised. */
const imageSendNotification = hop(
  'glance.api.common.image_send_notification',
  function imageSendNotification(imageId: string, sent: number, expected: number): void {
    notifySent(imageId, sent, sent === expected);
  },
);

/**
 * Passes the chunks on and counts them.
 * @throws GlanceException when fewer or more come than promised, which breaks the connection: the status has gone out
 */
export const sizeCheckedIter = hopGenerator(
  'glance.api.common.size_checked_iter',
  async function* sizeCheckedIter(imageId: string, expected: number, chunks: AsyncIterable<Buffer>) {
    let sent = 0;
    try {
      for await (const chunk of chunks) {
        sent += chunk.length;
        if (sent > expected) break;
        yield chunk;
      }
    } finally {
      imageSendNotification(imageId, sent, expected);
    }
    if (sent !== expected) {
      throw new glanceException.GlanceException({
        message: `Image ${imageId} has ${sent > expected ? 'more' : 'fewer'} bytes in its store than the ${expected} promised.`,
      });
    }
  },
);

/** Passes the chunks on; the event loop gets its turn between them by itself. */
export const cooperativeIter = hopGenerator(
  'glance.common.utils.cooperative_iter',
  async function* cooperativeIter(chunks: AsyncIterable<Buffer>) {
    yield* chunks;
  },
);
