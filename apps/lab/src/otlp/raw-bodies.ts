import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { IncomingMessage } from 'node:http';
import type { LabOptions } from '../lab-options';

/** Jaeger's page at /jaeger/ asks for what it needs below that path. */
const BELOW_PAGE = /^\/jaeger(?=\/(?:api|analytics)(?:[/?]|$))/;

export function adapterOptions({ maxRequestBytes }: LabOptions) {
  return {
    bodyLimit: maxRequestBytes,
    rewriteUrl: ({ url = '/' }: Pick<IncomingMessage, 'url'>) => url.replace(BELOW_PAGE, ''),
  };
}

/** Hands every body to its controller as the bytes that came in: only it knows how they are packed. */
export function takeRawBodies(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}
