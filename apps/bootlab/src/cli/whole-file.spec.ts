import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { writeWholeFile } from './whole-file';

describe('writeWholeFile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bootlab-file-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  async function* broken(): AsyncGenerator<Buffer> {
    yield await Promise.resolve(Buffer.from('half'));
    throw new Error('the connection broke');
  }

  it('writes a file and tells its size', async () => {
    expect(await writeWholeFile(join(folder, 'a'), Readable.from([Buffer.from('one '), Buffer.from('two')]))).toBe(7);
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('one two');
  });

  it('writes one of the two when two are written at once', async () => {
    async function* slowly(text: string): AsyncGenerator<string> {
      for (const letter of text) {
        await new Promise(setImmediate);
        yield letter;
      }
    }
    const both = ['aaaa', 'bb'].map((text) => writeWholeFile(join(folder, 'b'), slowly(text)));
    expect(await Promise.all(both)).toEqual([4, 2]);
    expect(readFileSync(join(folder, 'b'), 'utf8')).toMatch(/^(aaaa|bb)$/);
    rmSync(join(folder, 'b'));
  });

  it('keeps the file that was there, and leaves nothing beside it, when the bytes break off', async () => {
    await expect(writeWholeFile(join(folder, 'a'), broken())).rejects.toThrow('the connection broke');
    expect(readdirSync(folder)).toEqual(['a']);
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('one two');
  });

  it('names the file that cannot be written', async () => {
    await expect(writeWholeFile('/dev/null/x', broken())).rejects.toThrow(
      'Cannot write /dev/null/x (ENOTDIR): name another file or make room.',
    );
  });
});
