import { accessSync, constants, statSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';

/**
 * Finds out before the run, and not after it, that a report has no place to go.
 * @throws Failure when its folder is not there or not to be written into, or the file is a folder
 */
export function assertPlace(file: string): void {
  const folder = dirname(file) + sep;
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Failure(`Cannot write into ${folder} (${code}): name another place for the report.`, exitCodes.usage, {
      cause: error,
    });
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
    throw new Failure(`${file} is a folder: name a file for the report.`, exitCodes.usage);
}
