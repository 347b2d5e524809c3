import type { Span } from '@bootlab/trace-model';
import { open } from 'node:fs/promises';
import { exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { didYouMean } from '../../cli/nearest';
import { Traces } from '../../cloud/traces';
import { readTrace } from './diff-document';
import { referenceNames, referencePath } from './references';

const LARGEST_FILE_MIB = 64;
const TRACE_ID = /^(?:[0-9a-f]{16}|[0-9a-f]{32})$/i;

/** The text of a file; undefined when there is no such file. */
async function readBounded(path: string): Promise<string | undefined> {
  try {
    const file = await open(path);
    try {
      const info = await file.stat();
      if (!info.isFile()) throw new Failure(`${path} is not a file: name a file with a trace.`, exitCodes.usage);
      if (info.size > LARGEST_FILE_MIB * 1024 * 1024) {
        const size = Math.round(info.size / 1024 / 1024);
        throw new Failure(
          `${path} has ${size} MiB, more than the ${LARGEST_FILE_MIB} MiB that a trace may have: name a file with one trace.`,
          exitCodes.usage,
        );
      }
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof Failure || code === undefined) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new Failure(`${path} cannot be read (${code}): name a file that you may read.`, exitCodes.usage, {
      cause: error,
    });
  }
}

function looksLikeFile(argument: string): boolean {
  return argument.includes('/') || argument.endsWith('.json');
}

/**
 * The spans that an argument of `trace diff` stands for: a trace id of the running lab, a file, or the name of a scenario with a
 * reference trace. A file goes before a scenario of the same name.
 */
export async function traceOf(argument: string): Promise<Span[]> {
  if (TRACE_ID.test(argument)) return new Traces().spans(argument.toLowerCase());
  const text = await readBounded(argument);
  if (text !== undefined) return readTrace(text, argument);
  if (looksLikeFile(argument)) {
    throw new Failure(`${argument} is not there: name a file with a trace.`, exitCodes.notFound);
  }
  const path = referencePath(argument);
  const reference = path === undefined ? undefined : await readBounded(path);
  if (path !== undefined && reference !== undefined) return readTrace(reference, path);
  throw new Failure(
    `${argument} is no trace id, no file and no scenario with a reference trace.${didYouMean(argument, await referenceNames())}` +
      ' `bootlab trace list` shows the ids.',
    exitCodes.notFound,
  );
}
