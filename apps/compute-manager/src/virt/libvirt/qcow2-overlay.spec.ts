import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDiskInfo } from '../disk-info/read-disk-info';
import { writeOverlay } from './qcow2-overlay';

const GIB = 1024 ** 3;
const CLUSTER = 64 * 1024;

describe('writeOverlay', () => {
  const folder = mkdtempSync(join(tmpdir(), 'overlay-'));
  const base = join(folder, 'base');
  const path = (name: string) => join(folder, name);

  beforeAll(() => writeFileSync(base, 'disk'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('writes a disk of that size on top of the other file', () => {
    writeOverlay(path('small'), { backingFile: base, backingFormat: 'raw', virtualSize: GIB });
    expect(readDiskInfo(path('small'))).toEqual({ fileFormat: 'qcow2', virtualSize: GIB, backingFile: base });
  });

  it('counts each of its clusters once', () => {
    const sizes = [0, 1, 512 * 1024 ** 2, 160 * GIB, 5000 * GIB];
    for (const virtualSize of sizes) {
      const file = path(`size-${virtualSize}`);
      writeOverlay(file, { backingFile: base, backingFormat: 'qcow2', virtualSize });
      const bytes = readFileSync(file);
      const clusters = bytes.length / CLUSTER;
      const l1Entries = Math.max(1, Math.ceil(virtualSize / (512 * 1024 ** 2)));
      expect(bytes.readUInt32BE(36)).toBe(l1Entries);
      expect(clusters).toBe(3 + Math.ceil(l1Entries / 8192));
      const refcounts = Array.from({ length: 16 }, (_, cluster) => bytes.readUInt16BE(2 * CLUSTER + 2 * cluster));
      expect(refcounts).toEqual(Array.from({ length: 16 }, (_, cluster) => (cluster < clusters ? 1 : 0)));
    }
  });

  it('takes little room', () => {
    writeOverlay(path('sparse'), { backingFile: base, backingFormat: 'raw', virtualSize: 160 * GIB });
    expect(statSync(path('sparse')).blocks * 512).toBeLessThanOrEqual(3 * 4096 * 2);
  });

  it('touches no disk that is there', () => {
    const again = () => writeOverlay(base, { backingFile: base, backingFormat: 'raw', virtualSize: 1 });
    expect(again).toThrow('EEXIST');
    expect(readFileSync(base, 'utf8')).toBe('disk');
  });

  it('refuses a path too long for the header', () => {
    const backingFile = `/${'x'.repeat(1023)}`;
    const long = () => writeOverlay(path('long'), { backingFile, backingFormat: 'raw', virtualSize: 1 });
    expect(long).toThrow('too long for the backing file');
  });
});
