import { FileHandle, open, rm } from 'node:fs/promises';
import { OSError } from '@bootlab/openstack';

/** Bytes of one write. */
const WRITE_SIZE = 1024 * 1024;

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

/** One write is under way while the next one's chunks gather. */
async function fill(file: FileHandle, chunks: AsyncIterable<Buffer>, path: string): Promise<number> {
  let bytes = 0;
  let batch: Buffer[] = [];
  let gathered = 0;
  let writing = Promise.resolve();
  const write = async () => {
    await writing;
    writing = writeAll(file, batch).catch((error: unknown) => cannotWrite(path, error));
    writing.catch(() => undefined); // Whoever awaits it next hears of the failure.
    batch = [];
    gathered = 0;
  };
  try {
    for await (const chunk of chunks) {
      batch.push(chunk);
      bytes += chunk.length;
      gathered += chunk.length;
      if (gathered >= WRITE_SIZE) await write();
    }
    await write();
    return bytes;
  } finally {
    await writing;
  }
}

async function writeAll(file: FileHandle, batch: Buffer[]): Promise<void> {
  if (batch.length === 0) return;
  const { bytesWritten } = await file.writev(batch);
  const left = batch.reduce((sum, { length }) => sum + length, 0) - bytesWritten;
  if (left === 0) return;
  let rest = Buffer.concat(batch).subarray(bytesWritten);
  while (rest.length > 0) rest = rest.subarray((await file.write(rest)).bytesWritten);
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
