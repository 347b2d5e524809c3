import { createReadStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { extract, Parser, ReadEntry } from 'tar';
import { Failure } from '../cli/failure';

const MOST_ENTRIES = 10_000;
const MOST_BYTES = 1024 ** 3;
const PLAIN = ['File', 'OldFile', 'ContiguousFile', 'Directory'];

/**
 * Unpacks what lies below `inside` in a gzipped tar archive into an empty folder.
 * @throws Failure when the archive is damaged, larger than it may be, or has a link or a path that leads out of it; look
 * at it first, so that nothing is unpacked then
 */
export async function unpack(archive: string, inside: string, folder: string): Promise<void> {
  try {
    await inspect(archive);
    await extract({
      file: archive,
      cwd: folder,
      strict: true,
      strip: inside.split('/').length,
      preserveOwner: false,
      filter: (path) => path.startsWith(`${inside}/`),
    });
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`The archive ${archive} cannot be unpacked (${(error as Error).message}).`, undefined, {
      cause: error,
    });
  }
}

async function inspect(archive: string): Promise<void> {
  let entries = 0;
  let bytes = 0;
  let wrong: string | undefined;
  const source = createReadStream(archive);
  const parser = new Parser({
    strict: true,
    onReadEntry(entry) {
      entries += 1;
      bytes += entry.size;
      wrong ??= complaint(entry);
      if (entries > MOST_ENTRIES) wrong ??= `it has more than ${MOST_ENTRIES} entries`;
      if (bytes > MOST_BYTES) wrong ??= `it unpacks to more than ${MOST_BYTES >> 20} MiB`;
      if (wrong === undefined) entry.resume();
      else parser.abort(new Error(wrong));
    },
  });
  const parsed = new Promise<void>((resolve, reject) => {
    parser.on('end', resolve);
    parser.on('error', reject);
  });
  source.on('data', (chunk) => {
    if (!parser.write(chunk as Buffer)) {
      source.pause();
      parser.once('drain', () => source.resume());
    }
  });
  source.on('end', () => parser.end());
  try {
    await Promise.race([parsed, finished(source).then(() => parsed)]);
  } catch (error) {
    if (wrong === undefined) throw error;
    throw new Failure(`The archive ${archive} is refused: ${wrong}.`, undefined, { cause: error });
  } finally {
    source.destroy();
  }
}

function complaint({ path, type }: ReadEntry): string | undefined {
  if (!PLAIN.includes(type)) return `"${path}" in it is a ${type}, not a file or a folder`;
  const steps = path.split(/[/\\]/);
  if (/^([/\\]|[a-z]:)/i.test(path) || steps.includes('..')) return `"${path}" in it leads out of its folder`;
  return undefined;
}
