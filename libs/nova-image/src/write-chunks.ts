import { BackgroundWriter } from '@bootlab/disk';
import { OSError } from '@bootlab/openstack';
import { FileHandle, open, rm } from 'node:fs/promises';

/**
 * Writes the chunks to a new file at `path`, no faster than the disk takes them, then does `last` with the open file.
 * Whatever fails, no file stays. Gives the bytes written.
 * @throws OSError naming path and next step when the file cannot be written; what the reading raised as it is
 */
export async function writeChunks(
  chunks: AsyncIterable<Buffer>,
  path: string,
  last: (file: FileHandle) => Promise<void>,
): Promise<number> {
  const file = await open(path, 'w').catch((error: unknown) => cannotWrite(path, error));
  try {
    const bytes = await fill(file, chunks, path);
    await last(file).catch((error: unknown) => cannotWrite(path, error));
    await file.close();
    return bytes;
  } catch (error) {
    await file.close();
    await rm(path, { force: true });
    throw error;
  }
}

async function fill(file: FileHandle, chunks: AsyncIterable<Buffer>, path: string): Promise<number> {
  const writer = new BackgroundWriter(file);
  const failed = (error: unknown) => cannotWrite(path, error);
  let bytes = 0;
  for await (const chunk of chunks) {
    await writer.push(chunk).catch(failed);
    bytes += chunk.length;
  }
  await writer.end().catch(failed);
  return bytes;
}

const nextStep: Record<string, string> = {
  ENOSPC: 'Free space on that disk.',
  EDQUOT: 'Free space within its disk quota.',
  EACCES: 'Make its folder writable.',
  EPERM: 'Make its folder writable.',
  EROFS: 'Set instances_path in nova.conf to a folder that is writable.',
  ENOENT: 'Make its folder.',
};

function cannotWrite(path: string, error: unknown): never {
  const { code = 'EIO' } = error as NodeJS.ErrnoException;
  throw new OSError(code, `Cannot write the image to ${path} (${code}). ${nextStep[code] ?? 'Look at that disk.'}`, {
    cause: error,
  });
}
