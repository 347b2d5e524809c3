import { rm } from 'node:fs/promises';

/** Removes the file when `work` fails. Plays `oslo_utils.fileutils.remove_path_on_error`. */
export async function removePathOnError<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}
