import type { FileHandle } from 'node:fs/promises';

/** Bytes that gather before they are written. */
const WRITE_SIZE = 1 << 20;

/**
 * Writes pieces to a file in the background, one write at a time, while the caller goes on. The memory of a piece must not be
 * used again. Closing the file waits for the write that is under way.
 */
export class BackgroundWriter {
  #waiting: Buffer[] = [];
  #bytes = 0;
  #running: Promise<void> = Promise.resolve();

  constructor(private readonly file: FileHandle) {}

  /** Waits only when the disk is slower than the pieces come. @throws what an earlier write failed with */
  async push(piece: Buffer): Promise<void> {
    this.#waiting.push(piece);
    this.#bytes += piece.length;
    if (this.#bytes >= WRITE_SIZE) await this.#flush();
  }

  /** Returns once all is written. @throws what a write failed with */
  async end(): Promise<void> {
    await this.#flush();
    await this.#running;
  }

  async #flush(): Promise<void> {
    await this.#running;
    const [pieces, expected] = [this.#waiting, this.#bytes];
    this.#waiting = [];
    this.#bytes = 0;
    if (expected === 0) return;
    this.#running = this.#write(pieces, expected);
    // Whoever pushes or ends next meets the failure.
    this.#running.catch(() => undefined);
  }

  async #write(pieces: Buffer[], expected: number): Promise<void> {
    const { bytesWritten } = await this.file.writev(pieces);
    if (bytesWritten === expected) return;
    // The disk took a part; the next write says why it takes no more.
    await this.file.writeFile(Buffer.concat(pieces).subarray(bytesWritten));
  }
}
