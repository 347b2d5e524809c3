import { HttpException } from '@bootlab/openstack';
import { PATIENCE } from '@bootlab/service';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Bytes of the largest request body, `[oslo_middleware] max_request_body_size` at its default. Plays the filter `sizelimit`. */
const MAX_REQUEST_BODY_SIZE = 114_688;

/**
 * Takes every body as bytes, whatever its content type says: `curl -d` calls JSON a form. What the bytes mean is read where the
 * original does, in `Resource._process_stack`.
 */
export function addBodyParser(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', (_request: FastifyRequest, payload: AsyncIterable<Buffer>) => readBody(payload));
}

/** A client that has sent too much is answered once it has sent all of it, up to a point: before, it would not read the answer. */
async function readBody(payload: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of payload) {
      bytes += part.length;
      if (bytes <= MAX_REQUEST_BODY_SIZE) parts.push(part);
      if (bytes > PATIENCE) break;
    }
  } catch (error) {
    throw new HttpException(400, 'The client went away before it had sent the whole body.', {}, { cause: error });
  }
  if (bytes > MAX_REQUEST_BODY_SIZE) {
    throw new HttpException(413, `The request body may have at most ${MAX_REQUEST_BODY_SIZE} bytes.`);
  }
  return Buffer.concat(parts);
}

/** @throws SyntaxError when the bytes are no JSON object */
export function parseJsonObject(body: Buffer): Record<string, unknown> {
  const value: unknown = JSON.parse(body.toString('utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('not an object');
  return value as Record<string, unknown>;
}
