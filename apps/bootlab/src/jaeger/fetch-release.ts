import { cacheFolder } from '@bootlab/openstack';
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Failure } from '../cli/failure';
import { KnownSums, sha256, sumInList } from './checksums';
import { download } from './download';
import { httpText } from './http-get';
import type { Release } from './release';
import { unpack } from './unpack';

const LARGEST_ARCHIVE = 512 * 1024 ** 2;
const LARGEST_LIST = 1024 ** 2;

export interface FetchOptions {
  /** Told the bytes there are so far, and how many there will be. */
  tell?: (bytes: number, total: number) => void;
  /** Milliseconds without a byte before the server counts as hanging. */
  idleMs?: number;
}

export function isThere({ folder, mustHave, name }: Release): boolean {
  return existsSync(join(folder, mustHave)) && existsSync(join(folder, mark(name)));
}

/**
 * Downloads a release, compares its SHA-256 sum, unpacks it and moves it into place as a whole.
 * @returns its folder
 * @throws Failure in one sentence; nothing is in place then that was not there before
 */
export async function fetchRelease(release: Release, options: FetchOptions = {}): Promise<string> {
  if (isThere(release)) return release.folder;
  const cache = cacheOf(release);
  const archive = join(cache, `${release.name}.part`);
  const sums = new KnownSums(cache);
  const published = await publishedSum(release, options);
  // Before anything is downloaded: who offers a known release with another sum is not asked for the rest.
  if (published !== undefined) await sums.check(release.name, published);
  await download(release.url, archive, { ...options, limit: LARGEST_ARCHIVE });
  const sum = await sha256(archive);
  try {
    if (sum !== (published ?? sum)) {
      throw new Failure(
        `${release.url} has the SHA-256 sum ${sum} where its release says ${published}: it was thrown away. Try again.`,
      );
    }
    await sums.check(release.name, sum);
    await install(release, archive);
    await sums.remember(release.name, sum);
  } finally {
    await rm(archive, { force: true });
  }
  return release.folder;
}

async function publishedSum({ checksumsUrl, file }: Release, { idleMs }: FetchOptions): Promise<string | undefined> {
  if (checksumsUrl === undefined) return undefined;
  const sum = sumInList(await httpText(checksumsUrl, LARGEST_LIST, { idleMs }), file);
  if (sum === undefined) throw new Failure(`${checksumsUrl} has no SHA-256 sum of ${file}: it is not downloaded.`);
  return sum;
}

async function install(release: Release, archive: string): Promise<void> {
  const { folder, inside, mustHave, name } = release;
  const fresh = mkdtempSync(`${folder}.`);
  const old = `${fresh}.old`;
  try {
    await unpack(archive, inside, fresh);
    if (!existsSync(join(fresh, mustHave))) {
      throw new Failure(`${release.url} has no ${inside}/${mustHave}: it is not used.`);
    }
    mkdirSync(join(fresh, mark(name)));
    if (existsSync(folder)) await rename(folder, old);
    await rename(fresh, folder);
  } finally {
    await rm(fresh, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}

/** An empty folder in an unpacked release that says which one it is. */
function mark(name: string): string {
  return `.${basename(name)}`;
}

function cacheOf({ folder }: Release): string {
  const cache = join(folder, '..');
  try {
    mkdirSync(cache, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Failure(
      `Cannot write to ${cacheFolder()} (${code}): set BOOTLAB_CACHE to a folder that can be written to.`,
    );
  }
  return cache;
}
