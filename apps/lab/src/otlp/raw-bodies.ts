import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Largest request, as it comes over the wire and as it is once unpacked: 64 MiB. */
export const BODY_LIMIT = 64 * 1024 * 1024;

export const adapterOptions = { bodyLimit: BODY_LIMIT };

/** Hands every body to its controller as the bytes that came in: only it knows how they are packed. */
export function takeRawBodies(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}
