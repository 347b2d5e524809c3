import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';

const CHUNK = 64 * 1024;
const NEWLINE = 10;

/** A log file that grows, may not exist yet, and may be replaced by a fresh one. */
export class LogFile {
  #inode?: number;
  #offset = 0;
  #partial = '';

  constructor(
    readonly service: string,
    readonly path: string,
  ) {}

  /** The last `count` lines; what is written later is left to {@link more}. */
  last(count: number): string[] {
    return this.#open((file, size) => {
      let from = size;
      let bytes = Buffer.alloc(0);
      while (from > 0 && countLines(bytes) <= count) {
        const start = Math.max(0, from - CHUNK);
        bytes = Buffer.concat([readRange(file, start, from), bytes]);
        from = start;
      }
      this.#offset = size;
      const lines = this.#whole(bytes.toString('utf8'));
      return count === 0 ? [] : lines.slice(-count);
    });
  }

  /** The whole lines written since the last look. */
  more(): string[] {
    return this.#open((file, size) => {
      const bytes = readRange(file, Math.min(this.#offset, size), size);
      this.#offset = size;
      return this.#whole(this.#partial + bytes.toString('utf8'));
    });
  }

  #whole(text: string): string[] {
    const lines = text.split('\n');
    this.#partial = lines.pop() ?? '';
    return lines;
  }

  #open(read: (file: number, size: number) => string[]): string[] {
    if (statSync(this.path, { throwIfNoEntry: false }) === undefined) return [];
    const file = openSync(this.path, 'r');
    try {
      const { ino, size } = fstatSync(file);
      if (ino !== this.#inode || size < this.#offset) {
        this.#inode = ino;
        this.#offset = 0;
        this.#partial = '';
      }
      return read(file, size);
    } finally {
      closeSync(file);
    }
  }
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes) if (byte === NEWLINE) count += 1;
  return count;
}

function readRange(file: number, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(to - from);
  const read = readSync(file, bytes, 0, bytes.length, from);
  return bytes.subarray(0, read);
}
