import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OSError } from '@bootlab/openstack';
import { writeChunks } from './write-chunks';

const CHUNK = Buffer.alloc(64 * 1024, 'x');
const nothing = async () => {};

async function* chunks(count: number, failAt?: number) {
  for (let i = 0; i < count; i++) {
    if (i === failAt) throw new RangeError('connection lost');
    yield CHUNK;
  }
}

describe('writeChunks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bootlab-chunks-'));
  const path = join(folder, 'image.part');

  afterAll(() => rmSync(folder, { recursive: true }));

  it('writes every byte in order, more than may wait, and counts them', async () => {
    const parts = Array.from({ length: 300 }, (_, i) => Buffer.alloc(65_537, i));
    async function* source() {
      yield* parts;
    }
    expect(await writeChunks(source(), path, nothing)).toBe(300 * 65_537);
    expect(readFileSync(path).equals(Buffer.concat(parts))).toBe(true);
  });

  it('makes an empty file of no chunks, over one that was there', async () => {
    expect(await writeChunks(chunks(0), path, nothing)).toBe(0);
    expect(readFileSync(path)).toHaveLength(0);
  });

  it('reads no faster than it writes', async () => {
    let given = 0;
    let most = 0;
    async function* source() {
      for (given = 1; given <= 500; given++) {
        most = Math.max(most, given * CHUNK.length - statSync(path).size);
        yield CHUNK;
      }
    }
    await writeChunks(source(), path, nothing);
    expect(most).toBeLessThan(10 * 1024 * 1024);
  });

  it('leaves no file when the reading fails', async () => {
    await expect(writeChunks(chunks(100, 80), path, nothing)).rejects.toThrow(new RangeError('connection lost'));
    expect(existsSync(path)).toBe(false);
  });

  it('leaves no file when the last step fails', async () => {
    const sync = () => Promise.reject(Object.assign(new Error('i/o'), { code: 'EIO' }));
    await expect(writeChunks(chunks(1), path, sync)).rejects.toThrow(OSError);
    expect(existsSync(path)).toBe(false);
  });

  it('says what to do when the disk is full, and stops reading', async () => {
    const full = join(folder, 'full');
    symlinkSync('/dev/full', full);
    let stopped = false;
    async function* endless() {
      try {
        for (;;) yield CHUNK;
      } finally {
        stopped = true;
      }
    }
    await expect(writeChunks(endless(), full, nothing)).rejects.toThrow(
      `Cannot write the image to ${full} (ENOSPC). Free space on that disk.`,
    );
    expect(stopped).toBe(true);
    expect(existsSync(full)).toBe(false);
  });

  it('says what to do when there is no folder', async () => {
    await expect(writeChunks(chunks(1), join(folder, 'none', 'x'), nothing)).rejects.toThrow(
      '(ENOENT). Make its folder.',
    );
  });
});
