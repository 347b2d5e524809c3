import { Hop, hopGenerator } from '@bootlab/hop';
import { lazily } from '../../driver';
import { FileHandle, open } from 'node:fs/promises';

/** Large enough that the calls per byte do not count, small enough to stay in the processor's cache. */
const READ_CHUNK_SIZE = 1 << 20;

export interface FilePart {
  offset: number;
  /** Bytes from there. */
  length: number;
}

/**
 * A file opened for reading in chunks. Two buffers take turns: while the reader works on one, the next chunk is read into the
 * other, so a chunk is valid only until the next one is asked for. Plays `glance_store._drivers.filesystem.ChunkedFile`.
 */
export class ChunkedFile {
  private constructor(
    readonly handle: FileHandle,
    readonly part: FilePart,
  ) {}

  @Hop('glance_store._drivers.filesystem.ChunkedFile.__init__')
  static async open(path: string, part: FilePart): Promise<ChunkedFile> {
    return new ChunkedFile(await open(path, 'r'), part);
  }

  chunks(): AsyncIterable<Buffer> {
    return lazily(() => hopChunks(this));
  }
}

const hopChunks = hopGenerator(
  'glance_store._drivers.filesystem.ChunkedFile.__iter__',
  async function* iterate({ handle, part: { offset, length } }: ChunkedFile) {
    try {
      const size = Math.min(READ_CHUNK_SIZE, length);
      const end = offset + length;
      let position = offset;
      let [current, other] = [Buffer.allocUnsafeSlow(size), length > size ? Buffer.allocUnsafeSlow(size) : undefined];
      const read = (into: Buffer) => handle.read(into, 0, Math.min(size, end - position), position);
      let pending = position < end ? read(current) : undefined;
      while (pending) {
        const { bytesRead } = await pending;
        if (bytesRead === 0) return;
        position += bytesRead;
        const full = current;
        pending = undefined;
        if (position < end && other) {
          [current, other] = [other, current];
          pending = read(current);
          // A failure is met when the chunk is awaited; until then it is nobody's.
          pending.catch(() => undefined);
        }
        yield full.subarray(0, bytesRead);
      }
    } finally {
      await handle.close();
    }
  },
);
