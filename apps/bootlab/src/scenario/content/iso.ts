const BLOCK = 2048;
const FIRST_DESCRIPTOR = 16;
const PRIMARY = 1;
const TERMINATOR = 255;
const ROOT_RECORD = 156;

function descriptor(type: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.writeUInt8(type, 0);
  block.write('CD001', 1, 'latin1');
  block.writeUInt8(1, 6);
  return block;
}

function writeBoth32(block: Buffer, value: number, at: number): void {
  block.writeUInt32LE(value, at);
  block.writeUInt32BE(value, at + 4);
}

/** An ISO 9660 file system's volume descriptors; its root folder is named, and empty. */
export function iso9660(fileSize: number): Buffer {
  const length = (FIRST_DESCRIPTOR + 3) * BLOCK;
  if (fileSize < length)
    throw new RangeError('an ISO of this size has no room for its descriptors: give it 38 KiB or more');
  const primary = descriptor(PRIMARY);
  primary.write('BOOTLAB'.padEnd(32), 40, 'latin1');
  writeBoth32(primary, Math.floor(fileSize / BLOCK), 80);
  primary.writeUInt16LE(BLOCK, 128);
  primary.writeUInt16BE(BLOCK, 130);
  primary.writeUInt8(34, ROOT_RECORD);
  writeBoth32(primary, FIRST_DESCRIPTOR + 2, ROOT_RECORD + 2);
  writeBoth32(primary, BLOCK, ROOT_RECORD + 10);
  primary.writeUInt8(2, ROOT_RECORD + 25);
  primary.writeUInt8(1, ROOT_RECORD + 32);
  return Buffer.concat([Buffer.alloc(FIRST_DESCRIPTOR * BLOCK), primary, descriptor(TERMINATOR), Buffer.alloc(BLOCK)]);
}
