import { MalformedHeader, Probe, size } from './disk-info';

const SECTOR = 512;
const SPARSE_MAGIC = 'KDMV';
const OLD_MAGIC = 'COWD';
const DESCRIPTOR_START = /^\s*# Disk DescriptorFile/;
/** Kinds that keep all their data in the one file. */
const SELF_CONTAINED = ['monolithicSparse', 'streamOptimized'];
const LARGEST_DESCRIPTOR = 64 * 1024;

function extentFiles(descriptor: string): string {
  const names = [...descriptor.matchAll(/^(?:RW|RDONLY|NOACCESS) [^"\n]*"([^"\n]*)"/gm)].map(([, name]) => name);
  return names.join(', ') || 'other files';
}

function createType(descriptor: string): string {
  return /^createType *= *"([^"\n]*)"/m.exec(descriptor)?.[1] ?? 'unknown';
}

/** Sectors of all extents of a text descriptor. */
function extentSectors(descriptor: string): number {
  const sectors = [...descriptor.matchAll(/^(?:RW|RDONLY|NOACCESS) +(\d+) /gm)].map(([, count]) => Number(count));
  return sectors.reduce((sum, count) => sum + count, 0);
}

/** VMware's disks: sparse ones, those of ESX, and text descriptors that name the files with the data. */
export const probeVmdk: Probe = (head, readAt) => {
  const magic = head.toString('latin1', 0, 4);
  if (magic === SPARSE_MAGIC) {
    if (head.length < SECTOR) throw new MalformedHeader('the file ends inside its header');
    const virtualSize = size(head.readBigUInt64LE(12), 'a disk size') * SECTOR;
    const at = size(head.readBigUInt64LE(28), 'the place of the descriptor') * SECTOR;
    const length = Math.min(size(head.readBigUInt64LE(36), 'the size of the descriptor') * SECTOR, LARGEST_DESCRIPTOR);
    const descriptor = readAt(at, length).toString('latin1');
    const contained = SELF_CONTAINED.includes(createType(descriptor));
    return { fileFormat: 'vmdk', virtualSize, ...(contained ? {} : { backingFile: extentFiles(descriptor) }) };
  }
  if (magic === OLD_MAGIC) return { fileFormat: 'vmdk', virtualSize: head.readUInt32LE(12) * SECTOR };
  const start = head.toString('latin1');
  if (!DESCRIPTOR_START.test(start)) return undefined;
  const descriptor = readAt(0, LARGEST_DESCRIPTOR).toString('latin1');
  return {
    fileFormat: 'vmdk',
    virtualSize: extentSectors(descriptor) * SECTOR,
    backingFile: extentFiles(descriptor),
  };
};
