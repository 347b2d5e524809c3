import type { Response } from './http';
import { fromConnection } from './connection-error';

/** The chunks of an answer's body; a connection that breaks under way raises what a failed request raises. */
export async function* readBody(body: Response['body'], url: string): AsyncGenerator<Buffer> {
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  try {
    for (;;) {
      const { done, value } = await chunks.next().catch((error: unknown) => {
        throw fromConnection(url, error);
      });
      if (done) return;
      yield value;
    }
  } finally {
    body.destroy();
  }
}
