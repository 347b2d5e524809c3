import type { FastifyReply } from 'fastify';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { WireResponse } from './types';

function flushed(raw: ServerResponse, chunk: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    raw.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}

/** A chunk's memory is used again once the next one is asked for, so that waits until the chunk has left. */
async function pump(raw: ServerResponse, chunks: AsyncIterable<Buffer>): Promise<void> {
  const gone = once(raw, 'close').then(() => {
    throw new Error('The client went away before it had all bytes.');
  });
  gone.catch(() => undefined);
  for await (const chunk of chunks) await Promise.race([flushed(raw, chunk), gone]);
  raw.end();
}

/**
 * Sends the answer past Fastify's own way, which would copy streams through a pipe. When the bytes end early the connection is broken: the
 * status has gone out already.
 * @throws what reading the body raised, that it has not as many bytes as its headers promise, or that the client went away
 */
export async function send(
  reply: FastifyReply,
  method: string,
  { status, headers, body }: WireResponse,
): Promise<void> {
  const { raw } = reply;
  reply.hijack();
  const length = typeof body === 'string' ? { 'content-length': Buffer.byteLength(body) } : {};
  raw.writeHead(status, { ...(reply.getHeaders() as Record<string, string>), ...length, ...headers });
  if (method === 'HEAD' || body === undefined) raw.end();
  else if (typeof body === 'string') raw.end(body);
  else {
    // A body that ends short of its promise would leave the client waiting for the rest.
    raw.strictContentLength = true;
    try {
      await pump(raw, body);
    } catch (error) {
      raw.destroy();
      throw error;
    }
  }
}
