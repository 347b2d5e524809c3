import { MalformedHeader, Probe, ReadAt, size } from './disk-info';

const VDI_SIGNATURE = 0xbeda107f;
const VDI_HEADER = 0x178;

/** VirtualBox's disks. */
export const probeVdi: Probe = (head) => {
  if (head.length < VDI_HEADER || head.readUInt32LE(0x40) !== VDI_SIGNATURE) return undefined;
  return { fileFormat: 'vdi', virtualSize: size(head.readBigUInt64LE(0x170), 'a disk size') };
};

/** Disk types of the VHD footer. */
const DIFFERENCING = 4;

/** Virtual PC's disks that grow; those of fixed size have no header in front and pass for raw, as with qemu. */
export const probeVpc: Probe = (head) => {
  if (head.toString('latin1', 0, 8) !== 'conectix' || head.length < 64) return undefined;
  const virtualSize = size(head.readBigUInt64BE(48), 'a disk size');
  const differencing = head.readUInt32BE(60) === DIFFERENCING;
  return { fileFormat: 'vpc', virtualSize, ...(differencing ? { backingFile: 'a parent disk' } : {}) };
};

const KIB = 1024;
const REGION_TABLE_AT = 192 * KIB;
const TABLE_LENGTH = 64 * KIB;
const ENTRY = 32;
/** Ids as they lie in the file. */
const METADATA_REGION = '06a27c8b90479a4bb8fe575f050f886e';
const VIRTUAL_DISK_SIZE = '2442a52f1bcd7648b2115dbed83bf4b8';

/** The entry of a VHDX table with that id. */
function entry(readAt: ReadAt, tableAt: number, firstAt: number, count: number, id: string): Buffer {
  const table = readAt(tableAt, TABLE_LENGTH);
  for (let at = firstAt, left = count; left > 0 && at + ENTRY <= table.length; at += ENTRY, left--) {
    if (table.toString('hex', at, at + 16) === id) return table.subarray(at, at + ENTRY);
  }
  throw new MalformedHeader('the VHDX metadata are missing');
}

/** Hyper-V's disks. */
export const probeVhdx: Probe = (head, readAt) => {
  if (head.toString('latin1', 0, 8) !== 'vhdxfile') return undefined;
  const regions = readAt(REGION_TABLE_AT, 16);
  if (regions.length < 16) throw new MalformedHeader('the file ends before its region table');
  const region = entry(readAt, REGION_TABLE_AT, 16, regions.readUInt32LE(8), METADATA_REGION);
  const metadataAt = size(region.readBigUInt64LE(16), 'the place of the metadata');
  const items = readAt(metadataAt, 32);
  if (items.length < 32) throw new MalformedHeader('the file ends before its metadata');
  const item = entry(readAt, metadataAt, 32, items.readUInt16LE(10), VIRTUAL_DISK_SIZE);
  const value = readAt(metadataAt + item.readUInt32LE(16), 8);
  if (value.length < 8) throw new MalformedHeader('the file ends before its size');
  return { fileFormat: 'vhdx', virtualSize: size(value.readBigUInt64LE(0), 'a disk size') };
};
