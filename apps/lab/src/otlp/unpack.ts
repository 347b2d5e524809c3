import { BadRequestException, PayloadTooLargeException, UnsupportedMediaTypeException } from '@nestjs/common';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { BODY_LIMIT } from './raw-bodies';

const unzip = promisify(gunzip);

/** The body without its `content-encoding`, which is gzip or none. @throws 400, 413 or 415 in one sentence */
export async function unpack(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  switch (encoding?.trim().toLowerCase() ?? 'identity') {
    case '':
    case 'identity':
      return body;
    case 'gzip':
      try {
        return await unzip(body, { maxOutputLength: BODY_LIMIT });
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code === 'ERR_BUFFER_TOO_LARGE')
          throw new PayloadTooLargeException('The unpacked body is larger than 64 MiB.');
        throw new BadRequestException(`The body is not valid gzip (${message}).`);
      }
    default:
      throw new UnsupportedMediaTypeException(`The content-encoding ${encoding} is not supported; send gzip or none.`);
  }
}
