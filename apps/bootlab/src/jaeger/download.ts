import { FileHandle, open, rm, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '../cli/failure';
import { Answer, httpGet } from './http-get';

const TRIES = 4;
const PAUSE_MS = 250;

export interface DownloadOptions {
  /** Bytes of the largest file that is taken. */
  limit: number;
  /** Milliseconds without a byte before it tries again. */
  idleMs?: number;
  /** Told the bytes there are so far, and how many there will be (0 when the server does not say). */
  tell?: (bytes: number, total: number) => void;
}

/** The transfer ended before the file did. */
class Interrupted extends Error {}

/**
 * Downloads into `file`, going on where an earlier transfer into it ended.
 * @throws Failure in one sentence; what there is of the file stays for the next time
 */
export async function download(url: string, file: string, options: DownloadOptions): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await transfer(url, file, options);
      return;
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      if (attempt === TRIES) {
        throw new Failure(`The download of ${url} broke off ${TRIES} times (${error.message}): try again later.`);
      }
    }
    await pause(PAUSE_MS * attempt);
  }
}

async function transfer(url: string, file: string, { limit, idleMs, tell }: DownloadOptions): Promise<void> {
  const have = await sizeOf(file);
  const headers: Record<string, string> = have === 0 ? {} : { range: `bytes=${have}-` };
  await httpGet(url, { headers, idleMs }, async (answer) => {
    const from = await startOf(url, file, answer, have);
    if (from === undefined) return;
    const length = Number(answer.headers['content-length'] ?? NaN);
    const total = Number.isNaN(length) ? 0 : from + length;
    if (total > limit) throw tooLarge(url, limit);
    const target = await openFor(file, from === 0 ? 'w' : 'a');
    try {
      let at = from;
      for await (const chunk of received(answer.body)) {
        at += chunk.length;
        if (at > limit) throw tooLarge(url, limit);
        await append(target, chunk, file);
        tell?.(at, total);
      }
      if (total !== 0 && at < total) throw new Interrupted(`${at} of ${total} bytes`);
    } finally {
      await target.close();
    }
  });
}

/** From which byte on the answer has the file; undefined when nothing of it is missing. */
async function startOf(url: string, file: string, answer: Answer, have: number): Promise<number | undefined> {
  const { status, headers } = answer;
  const range = String(headers['content-range'] ?? '');
  if (status === 200) return 0;
  if (status === 206 && range.startsWith(`bytes ${have}-`)) return have;
  if (status === 416 && range === `bytes */${have}`) return undefined;
  if (status === 206 || status === 416) {
    await rm(file, { force: true });
    throw new Interrupted('the server has another file by now');
  }
  if (status >= 500 || status === 429) throw new Interrupted(`status ${status}`);
  throw new Failure(`${url} answered ${status}: check the address, or set BOOTLAB_JAEGER_RELEASES to a mirror.`);
}

async function* received(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const chunks = body[Symbol.asyncIterator]();
  for (;;) {
    const next = await chunks.next().catch((error: NodeJS.ErrnoException) => {
      throw new Interrupted(error.code ?? error.message);
    });
    if (next.done) return;
    yield next.value;
  }
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

async function openFor(file: string, flag: 'w' | 'a'): Promise<FileHandle> {
  return open(file, flag).catch((error: unknown) => {
    throw unwritten(file, error);
  });
}

async function append(target: FileHandle, chunk: Buffer, file: string): Promise<void> {
  await target.writeFile(chunk).catch((error: unknown) => {
    throw unwritten(file, error);
  });
}

function unwritten(file: string, error: unknown): Failure {
  const { code } = error as NodeJS.ErrnoException;
  return new Failure(`Cannot write ${file} (${code}): make room, or set BOOTLAB_CACHE to another folder.`, undefined, {
    cause: error,
  });
}

function tooLarge(url: string, limit: number): Failure {
  return new Failure(
    `${url} is larger than ${limit >> 20} MiB, which is not what it should be: nothing was kept of it.`,
  );
}
