import type { FastifyInstance } from 'fastify';

/** Bytes of the largest request body, `[oslo_middleware] max_request_body_size` at its default. Plays the filter `sizelimit`. */
export const MAX_REQUEST_BODY_SIZE = 114_688;

/**
 * Takes every body as bytes, whatever its content type says: `curl -d` calls JSON a form. What the bytes mean is read where the
 * original does, in `Resource._process_stack`.
 */
export function addBodyParser(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

/** @throws SyntaxError when the bytes are no JSON object */
export function parseJsonObject(body: Buffer): Record<string, unknown> {
  const value: unknown = JSON.parse(body.toString('utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('not an object');
  return value as Record<string, unknown>;
}
