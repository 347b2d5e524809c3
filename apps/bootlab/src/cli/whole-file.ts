import { randomUUID } from 'node:crypto';
import { FileHandle, open, rename, rm } from 'node:fs/promises';
import { Failure } from './failure';

/**
 * Writes a file that appears under its name only once it is whole; nothing stays behind otherwise.
 * @returns bytes written
 */
export async function writeWholeFile(path: string, chunks: AsyncIterable<Buffer | string>): Promise<number> {
  const partial = `${path}.${randomUUID()}.part`;
  try {
    const file = await open(partial, 'w');
    try {
      const written = await writeAll(file, chunks);
      await rename(partial, path);
      return written;
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === undefined || syscall === undefined) throw error;
    throw new Failure(`Cannot write ${path} (${code}): name another file or make room.`, undefined, { cause: error });
  }
}

async function writeAll(file: FileHandle, chunks: AsyncIterable<Buffer | string>): Promise<number> {
  let written = 0;
  try {
    for await (const chunk of chunks) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      await file.writeFile(bytes);
      written += bytes.length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return written;
}
