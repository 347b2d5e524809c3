import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digest, generatedContent } from '../../apps/bootlab/src/scenario/content/content';
import { readDiskInfo } from '../../apps/compute-manager/src/virt/disk-info/read-disk-info';

const KIB = 1024;
const MIB = 1024 * KIB;

describe('generated content', () => {
  const folder = mkdtempSync(join(tmpdir(), 'content-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['none', 0, 'raw'],
    ['none', 1000, 'raw'],
    ['mbr', 64 * KIB, 'raw'],
    ['mbr', 3 * MIB + 1, 'raw'],
    ['iso', 64 * KIB, 'raw'],
    ['qcow2', 8 * KIB, 'qcow2'],
    ['qcow2', 9 * MIB + 17, 'qcow2'],
    ['vmdk', 128 * KIB, 'vmdk'],
    ['vmdk', 40 * MIB, 'vmdk'],
  ] as const)(
    '%s of %i bytes has just so many, the same each time, and passes for %s',
    async (header, size, format) => {
      const content = generatedContent('disk', size, header);
      const first = await digest(content.read());
      expect(first.size).toBe(size);
      expect(await digest(content.read())).toEqual(first);
      const path = join(folder, 'image');
      await writeFile(path, content.read());
      const info = readDiskInfo(path);
      expect(info).toMatchObject({ fileFormat: format });
      expect(info).not.toHaveProperty('backingFile');
      if (content.readDisk) expect((await digest(content.readDisk())).size).toBe(info.virtualSize);
    },
  );

  it('differs between images', async () => {
    const [one, other] = ['one', 'other'].map((name) => generatedContent(name, KIB, 'none'));
    expect(await digest(one!.read())).not.toEqual(await digest(other!.read()));
  });

  it('has the signature of a boot sector, and the descriptor of a CD', async () => {
    const bytes = async (header: 'mbr' | 'iso') =>
      Buffer.concat(
        await generatedContent('disk', 64 * KIB, header)
          .read()
          .toArray(),
      );
    expect((await bytes('mbr')).readUInt16LE(510)).toBe(0xaa55);
    expect((await bytes('iso')).toString('latin1', 0x8001, 0x8006)).toBe('CD001');
  });

  it.each([
    ['qcow2', 2 * KIB],
    ['vmdk', 16 * KIB],
    ['iso', 16 * KIB],
  ] as const)('refuses a %s of %i bytes', (header, size) => {
    expect(() => generatedContent('disk', size, header)).toThrow(/give it \d+ KiB or more/);
  });
});
