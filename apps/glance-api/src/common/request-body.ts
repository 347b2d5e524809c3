import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** The connection ended before the body did. */
export class ClientDisconnected extends Error {
  constructor(options?: ErrorOptions) {
    super('The client went away before it had sent all of the data.', options);
    this.name = 'ClientDisconnected';
  }
}

/** `Content-Length` in bytes; undefined when the length is not told beforehand. */
export function contentLength(headers: IncomingHttpHeaders): number | undefined {
  const length = headers['content-length'];
  return length === undefined ? undefined : Number(length);
}

/** Whether the request brings data. */
export function hasBody(headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] !== undefined || (contentLength(headers) ?? 0) > 0;
}

/**
 * The body as it comes in. A reader that stops early leaves the connection open, so that the client can still be answered.
 * @throws ClientDisconnected
 */
export async function* requestBody(raw: IncomingMessage): AsyncGenerator<Buffer> {
  const chunks = raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  const source = chunks[Symbol.asyncIterator]();
  try {
    for (;;) {
      const result = await nextChunk(source);
      if (result.done) return;
      yield result.value;
    }
  } finally {
    await source.return?.();
  }
}

async function nextChunk(source: AsyncIterator<Buffer>): Promise<IteratorResult<Buffer>> {
  try {
    return await source.next();
  } catch (error) {
    throw new ClientDisconnected({ cause: error });
  }
}
