import { FileHandle, open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';

/**
 * Opens a file for reading; gives its size in bytes too.
 * @throws Failure when it is not there, not readable or no file
 */
export async function openFile(path: string): Promise<{ file: FileHandle; size: number }> {
  const full = resolve(path);
  try {
    const file = await open(full);
    const info = await file.stat();
    if (info.isFile()) return { file, size: info.size };
    await file.close();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`;
    throw new Failure(`${full} ${why}: name an image file with --file.`, exitCodes.usage, { cause: error });
  }
  throw new Failure(`${full} is not a file: name an image file with --file.`, exitCodes.usage);
}
