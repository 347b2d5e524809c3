/** The data, and a way to let go of it when nobody has begun to read. A reader that has begun lets go by itself. */
export function closable(source: AsyncIterable<Buffer>): { data: AsyncIterable<Buffer>; close: () => Promise<void> } {
  let begun = false;
  const data = {
    [Symbol.asyncIterator]() {
      begun = true;
      return source[Symbol.asyncIterator]();
    },
  };
  return {
    data,
    async close() {
      if (begun) return;
      // A generator only cleans up behind itself once it runs.
      for await (const _ of data) break;
    },
  };
}
