import { BadRequestException, PayloadTooLargeException, UnsupportedMediaTypeException } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

export interface Bounds {
  mostBytes: number;
  /** Told of each piece that is kept; may refuse it by throwing. */
  take(bytes: number): void;
}

/**
 * Reads the body without its `content-encoding`, which is gzip or none. What is too much is refused as soon as it is, and the
 * rest of the request goes by unread, so that the sender hears the answer.
 * @throws 400, 413 or 415 in one sentence
 */
export async function unpack(body: Readable, encoding: string | undefined, bounds: Bounds): Promise<Buffer> {
  try {
    switch (encoding?.trim().toLowerCase() ?? 'identity') {
      case '':
      case 'identity':
        return await collect(body, bounds);
      case 'gzip':
        return await gunzipped(body, bounds);
      default:
        throw new UnsupportedMediaTypeException(
          `The content-encoding ${encoding} is not supported; send gzip or none.`,
        );
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('Z_')) throw new BadRequestException(`The body is not valid gzip (${message}).`);
    if (code === 'ECONNRESET') throw new BadRequestException('The sender went away before the body ended.');
    throw error;
  } finally {
    body.resume();
  }
}

async function gunzipped(body: Readable, bounds: Bounds): Promise<Buffer> {
  const gunzip = createGunzip();
  // When the sender goes away, pipe() would wait for ever.
  body.once('error', (error) => gunzip.destroy(error)).pipe(gunzip);
  try {
    return await collect(gunzip, bounds);
  } finally {
    body.unpipe(gunzip);
    gunzip.destroy();
  }
}

async function collect(stream: Readable, { mostBytes, take }: Bounds): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > mostBytes) throw new PayloadTooLargeException(tooLarge(mostBytes));
    take(piece.length);
    pieces.push(piece);
  }
  return Buffer.concat(pieces, length);
}

function tooLarge(mostBytes: number): string {
  const mib = mostBytes / (1024 * 1024);
  return `The spans are more than ${mib} MiB: send smaller batches, or raise max_request_mib in [lab] of lab.conf.`;
}
