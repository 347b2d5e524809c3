import { abortable } from './abortable';
import { closable } from './closable';
import { limitingReader } from './limiting-reader';

async function* chunks(...sizes: number[]) {
  for (const size of sizes) yield Buffer.alloc(size);
}

async function bytesOf(data: AsyncIterable<Buffer>): Promise<number> {
  let bytes = 0;
  for await (const chunk of data) bytes += chunk.length;
  return bytes;
}

describe('abortable', () => {
  it('gives all chunks', async () => {
    expect(await bytesOf(abortable(chunks(1, 2, 3), new AbortController().signal))).toBe(6);
  });

  it('stops while it waits for a chunk that never comes', async () => {
    async function* hangs() {
      yield Buffer.alloc(1);
      await new Promise(() => undefined);
    }
    const controller = new AbortController();
    const data = abortable(hangs(), controller.signal);
    await data.next();
    const waiting = data.next();
    controller.abort(new Error('stop'));
    await expect(waiting).rejects.toThrow('stop');
  });
});

describe('limitingReader', () => {
  it('gives as many bytes as the limit and fails with the next', async () => {
    expect(await bytesOf(limitingReader(chunks(2, 3), 5, () => new Error('too much')))).toBe(5);
    await expect(bytesOf(limitingReader(chunks(2, 4), 5, () => new Error('too much')))).rejects.toThrow('too much');
  });
});

describe('closable', () => {
  it('lets go of data that nobody has read, once', async () => {
    let closed = 0;
    async function* watched() {
      try {
        yield* chunks(1, 2);
      } finally {
        closed++;
      }
    }
    const unread = closable(watched());
    await unread.close();
    await unread.close();
    expect(closed).toBe(1);
    const read = closable(watched());
    await bytesOf(read.data);
    await read.close();
    expect(closed).toBe(2);
  });
});
