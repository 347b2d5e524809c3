/**
 * Gives the chunks as long as they are at most `limit` bytes together. Plays `glance.common.utils.LimitingReader`.
 * @param tooMuch makes the error for the chunk that exceeds the limit
 */
export async function* limitingReader(
  data: AsyncIterable<Buffer>,
  limit: number,
  tooMuch: () => Error,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of data) {
    bytes += chunk.length;
    if (bytes > limit) throw tooMuch();
    yield chunk;
  }
}
