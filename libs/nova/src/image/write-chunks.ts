import { FileHandle, open, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { OSError } from '../builtins';

/** Bytes that may wait for the disk: chunks that arrive meanwhile go to it in one write. */
const WRITE_AHEAD = 4 * 1024 * 1024;

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
  const stream = file.createWriteStream({ highWaterMark: WRITE_AHEAD, autoClose: false });
  const written = finished(stream).catch((error: unknown) => cannotWrite(path, error));
  const drain = () => Promise.race([written, new Promise((resolve) => stream.once('drain', resolve))]);
  // Awaited below; until then a failure shows through drain().
  written.catch(() => undefined);
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (!stream.write(chunk)) await drain();
    }
  } catch (error) {
    stream.destroy();
    throw error;
  }
  stream.end();
  await written;
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
