import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where the lab keeps its state: `BOOTLAB_HOME`, or `.bootlab` in the working folder. Absolute. */
export function labHome(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(env['BOOTLAB_HOME'] || '.bootlab');
}

/** Where downloads are kept: `BOOTLAB_CACHE`, or `bootlab` in the user's folder for caches. Absolute; it may not exist. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(env['BOOTLAB_CACHE'] || join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'bootlab'));
}

/** Where the configuration files are: `BOOTLAB_ETC`, or `etc` of the project. Absolute. */
export function etcFolder(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(env['BOOTLAB_ETC'] || join(projectRoot(), 'etc'));
}

/** The project's top folder, whether the code runs from `dist/` or from its sources. */
export function projectRoot(): string {
  const top = resolve(__dirname, '../../..');
  return top.endsWith('/dist') ? resolve(top, '..') : top;
}

/** Makes a folder below the lab's home and gives its path; the error names `BOOTLAB_HOME` when it cannot be made. */
export function homeFolder(...parts: string[]): string {
  const folder = join(labHome(), ...parts);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new Error(
      `Cannot write to ${folder} (${(error as NodeJS.ErrnoException).code}): make it writable or set BOOTLAB_HOME to a folder that is.`,
      { cause: error },
    );
  }
  return folder;
}
