import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Failure } from '../cli/failure';
import { writeWholeFile } from '../cli/whole-file';

/** SHA-256 of a file, as hex digits. */
export async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** The sum of one file in a list as `sha256sum` and `shasum` write it: `<sum> *<file>` or `<sum>  <file>`. */
export function sumInList(list: string, file: string): string | undefined {
  for (const line of list.split('\n')) {
    const [, sum, name] = /^([0-9a-f]{64}) [ *](.+?)\r?$/i.exec(line) ?? [];
    if (name === file) return sum?.toLowerCase();
  }
  return undefined;
}

/** Remembers in the cache which sum a release had, so that the same release with another one is refused later. */
export class KnownSums {
  readonly #file: string;

  constructor(cache: string) {
    this.#file = join(cache, 'checksums.json');
  }

  /** @throws Failure when the release had another sum before */
  async check(release: string, sum: string): Promise<void> {
    const known = (await this.#read())[release];
    if (known === undefined || known === sum) return;
    throw new Failure(
      `${release} has another SHA-256 sum (${sum}) than when it was downloaded before (${known}): it is not used. ` +
        `If the project has replaced it, remove its line from ${this.#file}.`,
    );
  }

  async remember(release: string, sum: string): Promise<void> {
    const all = { ...(await this.#read()), [release]: sum };
    await writeWholeFile(this.#file, oneChunk(JSON.stringify(all, undefined, 2)));
  }

  async #read(): Promise<Record<string, string>> {
    try {
      return JSON.parse(await readFile(this.#file, 'utf8')) as Record<string, string>;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      if (!(error instanceof SyntaxError)) throw error;
      throw new Failure(`${this.#file} is not JSON: remove it, and the sums are learnt anew.`, undefined, {
        cause: error,
      });
    }
  }
}

async function* oneChunk(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(`${text}\n`);
}
