import type { DiskLayout } from './layout';

const MIB = 1024 ** 2;
const COPIED = 1n << 63n;
const REFCOUNT_ORDER = 4;
const HEADER_LENGTH = 104;

/** A qcow2 (version 3) with every cluster of its disk allocated, in order, behind its tables. */
export function qcow2(fileSize: number): DiskLayout {
  const bits = fileSize >= 4 * MIB ? 16 : 9;
  const cluster = 2 ** bits;
  const clusters = (bytes: number) => Math.ceil(bytes / cluster);
  const all = clusters(fileSize);
  const refcountBlocks = Math.ceil(all / (cluster / 2));
  const refcountTable = clusters(refcountBlocks * 8);
  const l2Tables = Math.ceil(all / (cluster / 8));
  const l1Table = clusters(l2Tables * 8);
  const refcountTableAt = 1;
  const refcountBlocksAt = refcountTableAt + refcountTable;
  const l1At = refcountBlocksAt + refcountBlocks;
  const l2At = l1At + l1Table;
  const dataAt = l2At + l2Tables;
  const diskSize = Math.floor((fileSize - dataAt * cluster) / 512) * 512;
  if (diskSize <= 0) throw new RangeError('a qcow2 of this size has no room for a disk: give it 8 KiB or more');

  const head = Buffer.alloc(dataAt * cluster);
  const pointer = (cluster_: number) => BigInt(cluster_ * cluster);
  head.write('QFI\xfb', 'latin1');
  head.writeUInt32BE(3, 4);
  head.writeUInt32BE(bits, 20);
  head.writeBigUInt64BE(BigInt(diskSize), 24);
  head.writeUInt32BE(l2Tables, 36);
  head.writeBigUInt64BE(pointer(l1At), 40);
  head.writeBigUInt64BE(pointer(refcountTableAt), 48);
  head.writeUInt32BE(refcountTable, 56);
  head.writeUInt32BE(REFCOUNT_ORDER, 96);
  head.writeUInt32BE(HEADER_LENGTH, 100);
  for (let block = 0; block < refcountBlocks; block++) {
    head.writeBigUInt64BE(pointer(refcountBlocksAt + block), refcountTableAt * cluster + block * 8);
  }
  for (let used = 0; used < all; used++) head.writeUInt16BE(1, refcountBlocksAt * cluster + used * 2);
  for (let table = 0; table < l2Tables; table++) {
    head.writeBigUInt64BE(pointer(l2At + table) | COPIED, l1At * cluster + table * 8);
  }
  for (let data = 0; data < clusters(diskSize); data++) {
    head.writeBigUInt64BE(pointer(dataAt + data) | COPIED, l2At * cluster + data * 8);
  }
  return { head, diskSize };
}
