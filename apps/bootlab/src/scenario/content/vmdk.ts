import type { DiskLayout } from './layout';

const SECTOR = 512;
const GRAIN_SECTORS = 128;
const GRAIN = GRAIN_SECTORS * SECTOR;
const GRAINS_A_TABLE = 512;
const TABLE_SECTORS = (GRAINS_A_TABLE * 4) / SECTOR;
const DESCRIPTOR_AT = 1;
const DESCRIPTOR_SECTORS = 20;
const DIRECTORY_AT = DESCRIPTOR_AT + DESCRIPTOR_SECTORS;
const DETECTS_LINE_ENDS = 1;

function descriptor(diskSectors: number): string {
  return [
    '# Disk DescriptorFile',
    'version=1',
    'CID=fffffffe',
    'parentCID=ffffffff',
    'createType="monolithicSparse"',
    `RW ${diskSectors} SPARSE "disk.vmdk"`,
    'ddb.virtualHWVersion = "4"',
    'ddb.adapterType = "ide"',
    '',
  ].join('\n');
}

/** A monolithicSparse VMDK with every grain of its disk allocated, in order, behind its tables. */
export function vmdk(fileSize: number): DiskLayout {
  const tables = Math.ceil(fileSize / GRAIN / GRAINS_A_TABLE);
  const tablesAt = DIRECTORY_AT + Math.ceil((tables * 4) / SECTOR);
  const dataAt = Math.ceil((tablesAt + tables * TABLE_SECTORS) / GRAIN_SECTORS) * GRAIN_SECTORS;
  const diskSize = Math.floor((fileSize - dataAt * SECTOR) / SECTOR) * SECTOR;
  if (diskSize <= 0) throw new RangeError('a VMDK of this size has no room for a disk: give it 128 KiB or more');

  const head = Buffer.alloc(dataAt * SECTOR);
  head.write('KDMV', 'latin1');
  head.writeUInt32LE(1, 4);
  head.writeUInt32LE(DETECTS_LINE_ENDS, 8);
  head.writeBigUInt64LE(BigInt(diskSize / SECTOR), 12);
  head.writeBigUInt64LE(BigInt(GRAIN_SECTORS), 20);
  head.writeBigUInt64LE(BigInt(DESCRIPTOR_AT), 28);
  head.writeBigUInt64LE(BigInt(DESCRIPTOR_SECTORS), 36);
  head.writeUInt32LE(GRAINS_A_TABLE, 44);
  head.writeBigUInt64LE(BigInt(DIRECTORY_AT), 56);
  head.writeBigUInt64LE(BigInt(dataAt), 64);
  head.write('\n \r\n', 73, 'latin1');
  head.write(descriptor(diskSize / SECTOR), DESCRIPTOR_AT * SECTOR, 'latin1');
  for (let table = 0; table < tables; table++) {
    head.writeUInt32LE(tablesAt + table * TABLE_SECTORS, DIRECTORY_AT * SECTOR + table * 4);
  }
  for (let grain = 0; grain < Math.ceil(diskSize / GRAIN); grain++) {
    head.writeUInt32LE(dataAt + grain * GRAIN_SECTORS, tablesAt * SECTOR + grain * 4);
  }
  return { head, diskSize };
}
