import { BadRequestException, PayloadTooLargeException, UnsupportedMediaTypeException } from '@nestjs/common';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const unzip = promisify(gunzip);

/** The body without its `content-encoding`, which is gzip or none. @throws 400, 413 or 415 in one sentence */
export async function unpack(body: Buffer, encoding: string | undefined, mostBytes: number): Promise<Buffer> {
  switch (encoding?.trim().toLowerCase() ?? 'identity') {
    case '':
    case 'identity':
      return body;
    case 'gzip':
      try {
        return await unzip(body, { maxOutputLength: mostBytes });
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code === 'ERR_BUFFER_TOO_LARGE') throw new PayloadTooLargeException(tooLarge(mostBytes));
        throw new BadRequestException(`The body is not valid gzip (${message}).`);
      }
    default:
      throw new UnsupportedMediaTypeException(`The content-encoding ${encoding} is not supported; send gzip or none.`);
  }
}

export function tooLarge(mostBytes: number): string {
  const mib = mostBytes / (1024 * 1024);
  return `The spans are more than ${mib} MiB: send smaller batches, or raise max_request_mib in [lab] of lab.conf.`;
}
