import { hopGenerator } from '@bootlab/hop';
import { IOError } from '@bootlab/openstack';
import { createHash } from 'node:crypto';

/**
 * Passes the chunks on and compares the MD5 of all of them with `checksum` (hex) at the end.
 * @throws IOError when they differ
 */
export const integrityIter = hopGenerator(
  'glanceclient.common.utils.integrity_iter',
  async function* integrityIter(chunks: AsyncIterable<Buffer>, checksum: string) {
    const md5 = createHash('md5');
    for await (const chunk of chunks) {
      md5.update(chunk);
      yield chunk;
    }
    const actual = md5.digest('hex');
    if (actual !== checksum) {
      throw new IOError(`Corrupt image download: the bytes have MD5 ${actual}, the image says ${checksum}.`);
    }
  },
);
