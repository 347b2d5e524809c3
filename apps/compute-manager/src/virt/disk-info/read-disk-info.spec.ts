import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MalformedHeader } from './disk-info';
import { readDiskInfo } from './read-disk-info';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/** A file that begins with `start`, and has other bytes at other places. */
function bytes(length: number, start: string, parts: [number, Buffer][] = []): Buffer {
  const file = Buffer.alloc(length);
  file.write(start, 'latin1');
  for (const [at, part] of parts) part.copy(file, at);
  return file;
}

function be(value: number | bigint, size: 4 | 8): Buffer {
  const part = Buffer.alloc(size);
  if (size === 4) part.writeUInt32BE(Number(value));
  else part.writeBigUInt64BE(BigInt(value));
  return part;
}

function le(value: number, size: 2 | 4 | 8): Buffer {
  const part = Buffer.alloc(8);
  part.writeBigUInt64LE(BigInt(value));
  return part.subarray(0, size);
}

const qcow = (version: number, parts: [number, Buffer][] = []) =>
  bytes(1024, 'QFI\xfb', [[4, be(version, 4)], [24, be(GIB, 8)], [100, be(104, 4)], ...parts]);

const vmdk = (descriptor: string) =>
  bytes(2048, 'KDMV', [
    [12, le(GIB / 512, 8)],
    [28, le(1, 8)],
    [36, le(2, 8)],
    [512, Buffer.from(descriptor)],
  ]);

function vhdx(): Buffer {
  const [regions, metadata] = [192 * 1024, 256 * 1024];
  return bytes(300 * 1024, 'vhdxfile', [
    [regions + 8, le(1, 4)],
    [regions + 16, Buffer.from('06a27c8b90479a4bb8fe575f050f886e', 'hex')],
    [regions + 32, le(metadata, 8)],
    [metadata + 10, le(2, 2)],
    [metadata + 64, Buffer.from('2442a52f1bcd7648b2115dbed83bf4b8', 'hex')],
    [metadata + 80, le(4096, 4)],
    [metadata + 4096, le(GIB, 8)],
  ]);
}

describe('readDiskInfo', () => {
  const folder = mkdtempSync(join(tmpdir(), 'disk-info-'));
  const file = join(folder, 'image');
  const read = (content: Buffer) => {
    writeFileSync(file, content);
    return readDiskInfo(file);
  };

  afterAll(() => rmSync(folder, { recursive: true }));

  it.each<[string, Buffer, object]>([
    ['nothing', Buffer.alloc(0), { fileFormat: 'raw', virtualSize: 0 }],
    ['any bytes', Buffer.from('hello'), { fileFormat: 'raw', virtualSize: 5 }],
    ['an ISO', bytes(MIB, '', [[0x8001, Buffer.from('CD001')]]), { fileFormat: 'raw', virtualSize: MIB }],
    ['qcow2 of version 2', qcow(2), { fileFormat: 'qcow2', virtualSize: GIB }],
    ['qcow2 of version 3', qcow(3), { fileFormat: 'qcow2', virtualSize: GIB }],
    ['the first qcow', qcow(1), { fileFormat: 'qcow', virtualSize: GIB }],
    [
      'a VDI',
      bytes(512, '<<<', [
        [0x40, le(0xbeda107f, 4)],
        [0x170, le(GIB, 8)],
      ]),
      { fileFormat: 'vdi', virtualSize: GIB },
    ],
    [
      'a VHD',
      bytes(512, 'conectix', [
        [48, be(GIB, 8)],
        [60, be(3, 4)],
      ]),
      { fileFormat: 'vpc', virtualSize: GIB },
    ],
    ['a VHDX', vhdx(), { fileFormat: 'vhdx', virtualSize: GIB }],
    ['a VMDK', vmdk('createType="streamOptimized"\n'), { fileFormat: 'vmdk', virtualSize: GIB }],
    ['a VMDK of ESX', bytes(512, 'COWD', [[12, le(2048, 4)]]), { fileFormat: 'vmdk', virtualSize: MIB }],
  ])('tells format and size of %s', (_, content, info) => {
    expect(read(content)).toEqual(info);
  });

  it.each<[string, Buffer, string]>([
    [
      'a qcow2 with a backing file',
      qcow(2, [
        [8, be(512, 8)],
        [16, be(11, 4)],
        [512, Buffer.from('/etc/passwd')],
      ]),
      '/etc/passwd',
    ],
    [
      'a qcow2 with its data elsewhere',
      qcow(3, [
        [72, be(4, 8)],
        [104, be(0x44415441, 4)],
        [108, be(5, 4)],
        [112, Buffer.from('/data')],
      ]),
      '/data',
    ],
    ['a qcow2 with its data elsewhere, unnamed', qcow(3, [[72, be(4, 8)]]), 'an external data file'],
    [
      'a VHD with a parent',
      bytes(512, 'conectix', [
        [48, be(GIB, 8)],
        [60, be(4, 4)],
      ]),
      'a parent disk',
    ],
    [
      'a VMDK in several files',
      vmdk('createType="monolithicFlat"\nRW 2 FLAT "/etc/shadow" 0\n\nddb.x = "1"\n'),
      '/etc/shadow',
    ],
    ['a VMDK that is a text', Buffer.from('# Disk DescriptorFile\nRW 2048 FLAT "a-flat.vmdk" 0\n'), 'a-flat.vmdk'],
  ])('names the file that %s needs', (_, content, backingFile) => {
    expect(read(content)).toMatchObject({ backingFile });
  });

  it.each<[string, Buffer]>([
    ['a version nobody knows', qcow(4)],
    ['no end of its header', qcow(3).subarray(0, 90)],
    [
      'a name without end',
      qcow(3, [
        [8, be(512, 8)],
        [16, be(2 ** 31, 4)],
      ]),
    ],
    ['a size beyond all disks', qcow(3, [[24, be(2n ** 63n, 8)]])],
    ['no metadata', vhdx().subarray(0, 200 * 1024)],
  ])('refuses a header with %s', (_, content) => {
    expect(() => read(content)).toThrow(MalformedHeader);
  });
});
