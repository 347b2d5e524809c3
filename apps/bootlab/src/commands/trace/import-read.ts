import { normalizeTraceId } from '@bootlab/trace-model';
import { createReadStream } from 'node:fs';
import { exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { httpText } from '../../jaeger/http-get';

/** Bytes of the largest document that is read. */
const LIMIT = 256 * 1024 ** 2;

/** The text of a file, or of what a URL answers; the page of a trace in Jaeger stands for the trace. */
export function readSource(source: string): Promise<string> {
  return /^https?:\/\//i.test(source) ? httpText(documentUrl(source), LIMIT) : readFileText(source);
}

/** `…/trace/<id>?uiFind=…`, a page, → `…/api/traces/<id>`, its data. Any other URL stays what it is. */
export function documentUrl(url: string): string {
  if (!URL.canParse(url)) throw new Failure(`"${url}" is not a URL: it takes http://… or https://…`, exitCodes.usage);
  const parsed = new URL(url);
  const [, base, id = ''] = /^(.*)\/trace\/([^/]+)\/?$/.exec(parsed.pathname) ?? [];
  if (base === undefined) return url;
  if (normalizeTraceId(id) === undefined) {
    throw new Failure(`${url} has no trace id: name the page of one trace.`, exitCodes.usage);
  }
  return `${parsed.origin}${base}/api/traces/${id}`;
}

async function readFileText(file: string): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of createReadStream(file) as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > LIMIT) throw new Failure(`${file} is larger than ${LIMIT >> 20} MiB: import it in parts.`);
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new Failure(`${file} cannot be read (${code}): name a file or a URL.`, exitCodes.usage, { cause: error });
  }
  return Buffer.concat(parts).toString();
}
