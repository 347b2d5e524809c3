import { BackgroundWriter } from '@bootlab/disk';
import { storeException } from '@bootlab/openstack';
import { createHash } from 'node:crypto';
import { chmod, FileHandle, link, open, rm } from 'node:fs/promises';

function translated(error: unknown, path: string): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EFBIG':
    case 'ENOSPC':
    case 'EDQUOT':
      return new storeException.StorageFull({}, { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new storeException.StorageWriteDenied({ path }, { cause: error });
    default:
      return error;
  }
}

/**
 * Writes a new file through `<path>.part`, so that nothing half-written is ever seen under its name.
 * @returns bytes written and their MD5 in hex
 * @throws Duplicate, StorageFull, StorageWriteDenied, or what reading `data` raised
 */
export async function writeFile(
  path: string,
  image: string,
  data: AsyncIterable<Buffer>,
  mode: number,
): Promise<{ size: number; checksum: string }> {
  const part = `${path}.part`;
  const md5 = createHash('md5');
  let size = 0;
  let handle: FileHandle | undefined;
  try {
    handle = await open(part, 'wx');
    const writer = new BackgroundWriter(handle);
    for await (const chunk of data) {
      await writer.push(chunk);
      md5.update(chunk);
      size += chunk.length;
    }
    await writer.end();
    await handle.close();
    if (mode > 0) await chmod(part, mode);
    await link(part, path);
    return { size, checksum: md5.digest('hex') };
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw exists ? new storeException.Duplicate({ image }, { cause: error }) : translated(error, path);
  } finally {
    if (handle) {
      await handle.close().catch(() => undefined);
      await rm(part, { force: true });
    }
  }
}
