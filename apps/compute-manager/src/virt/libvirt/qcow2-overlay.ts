import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';

const CLUSTER_BITS = 16;
const CLUSTER = 2 ** CLUSTER_BITS;
const HEADER_LENGTH = 104;
const BACKING_FORMAT = 0xe2792aca;
/** Clusters one entry of the L1 table stands for. */
const L2_ENTRIES = CLUSTER / 8;
const LONGEST_NAME = 1023;
const REFCOUNT_ORDER = 4;

/** Order of the clusters in the file; the L1 table comes last. */
const REFCOUNT_TABLE = 1;
const REFCOUNT_BLOCK = 2;
const L1_TABLE = 3;

export interface Overlay {
  /** File that the overlay's disk shows where nothing has been written. */
  backingFile: string;
  backingFormat: string;
  /** Size of the disk in bytes. */
  virtualSize: number;
}

function header({ backingFile, backingFormat, virtualSize }: Overlay, l1Size: number): Buffer {
  const name = Buffer.from(backingFile);
  const format = Buffer.from(backingFormat);
  if (name.length > LONGEST_NAME)
    throw new Error(`The path ${backingFile} is too long for the backing file of a disk.`);
  const nameAt = HEADER_LENGTH + 8 + Math.ceil(format.length / 8) * 8 + 8;
  const bytes = Buffer.alloc(nameAt + name.length);
  bytes.write('QFI\xfb', 0, 'latin1');
  bytes.writeUInt32BE(3, 4);
  bytes.writeBigUInt64BE(BigInt(nameAt), 8);
  bytes.writeUInt32BE(name.length, 16);
  bytes.writeUInt32BE(CLUSTER_BITS, 20);
  bytes.writeBigUInt64BE(BigInt(virtualSize), 24);
  bytes.writeUInt32BE(l1Size, 36);
  bytes.writeBigUInt64BE(BigInt(L1_TABLE * CLUSTER), 40);
  bytes.writeBigUInt64BE(BigInt(REFCOUNT_TABLE * CLUSTER), 48);
  bytes.writeUInt32BE(1, 56);
  bytes.writeUInt32BE(REFCOUNT_ORDER, 96);
  bytes.writeUInt32BE(HEADER_LENGTH, 100);
  bytes.writeUInt32BE(BACKING_FORMAT, HEADER_LENGTH);
  bytes.writeUInt32BE(format.length, HEADER_LENGTH + 4);
  format.copy(bytes, HEADER_LENGTH + 8);
  name.copy(bytes, nameAt);
  return bytes;
}

/**
 * Writes a qcow2 (version 3) that holds no data of its own yet. The file is sparse; its few hundred bytes are written sooner
 * than handed to another thread.
 * @throws Error when there is a file at `path` already
 */
export function writeOverlay(path: string, overlay: Overlay): void {
  const l1Size = Math.max(1, Math.ceil(overlay.virtualSize / (CLUSTER * L2_ENTRIES)));
  const l1Clusters = Math.ceil((l1Size * 8) / CLUSTER);
  const clusters = L1_TABLE + l1Clusters;
  const head = header(overlay, l1Size);
  const refcountTable = Buffer.alloc(8);
  refcountTable.writeBigUInt64BE(BigInt(REFCOUNT_BLOCK * CLUSTER));
  const refcounts = Buffer.alloc(clusters * 2);
  for (let cluster = 0; cluster < clusters; cluster++) refcounts.writeUInt16BE(1, cluster * 2);
  const file = openSync(path, 'wx');
  try {
    writeSync(file, head, 0, head.length, 0);
    writeSync(file, refcountTable, 0, refcountTable.length, REFCOUNT_TABLE * CLUSTER);
    writeSync(file, refcounts, 0, refcounts.length, REFCOUNT_BLOCK * CLUSTER);
    ftruncateSync(file, clusters * CLUSTER);
  } finally {
    closeSync(file);
  }
}
