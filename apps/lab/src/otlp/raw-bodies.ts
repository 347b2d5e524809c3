import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { IncomingMessage } from 'node:http';

/** Jaeger's page at /jaeger/ asks for what it needs below that path. */
const BELOW_PAGE = /^\/jaeger(?=\/(?:api|analytics)(?:[/?]|$))/;

export const adapterOptions = {
  rewriteUrl: ({ url = '/' }: Pick<IncomingMessage, 'url'>) => url.replace(BELOW_PAGE, ''),
};

/** Hands every body to its controller as the stream that comes in: only it knows how it is packed, and how much is too much. */
export function takeRawBodies(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', (_request, body, done) => done(null, body));
}
