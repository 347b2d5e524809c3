import { Readable } from 'node:stream';

const MIB = 1024 * 1024;
const SECTOR = 512;
const MBR_SIGNATURE = 0xaa55;
const PARTITION_TABLE = 446;
const DISK_SIGNATURE = 440;
const ACTIVE = 0x80;
const TYPE_LINUX = 0x83;
/** Cylinder, head and sector of an entry that is given by its block address alone. */
const NO_CHS = [0xfe, 0xff, 0xff];
const FIRST_BLOCK = 2048;
const LOAD_ADDRESS = 0x7c00;
/** Where the boot code has the address of its text. */
const TEXT_OPERAND = 7;

export const DEMO_IMAGE_SIZE = 16 * MIB;

const GREETING = 'Nova Boot Lab: this disk boots, and that is all it does.\r\n\0';

/**
 * What a BIOS runs: it prints the greeting with interrupt 10h and halts.
 * `cli; cld; xor ax,ax; mov ds,ax; mov si,text; next: lodsb; or al,al; jz done; mov ah,0Eh; mov bx,7; int 10h; jmp next; done: hlt; jmp done`
 */
function bootCode(): Buffer {
  const code = [
    0xfa, 0xfc, 0x31, 0xc0, 0x8e, 0xd8, 0xbe, 0, 0, 0xac, 0x08, 0xc0, 0x74, 0x09, 0xb4, 0x0e, 0xbb, 0x07, 0x00, 0xcd,
    0x10, 0xeb, 0xf2, 0xf4, 0xeb, 0xfd,
  ];
  const bytes = Buffer.from(code);
  bytes.writeUInt16LE(LOAD_ADDRESS + code.length, TEXT_OPERAND);
  return Buffer.concat([bytes, Buffer.from(GREETING, 'latin1')]);
}

/** A master boot record: boot code and one active Linux partition over the rest of the disk. */
export function masterBootRecord(diskSize: number): Buffer {
  const sector = Buffer.alloc(SECTOR);
  bootCode().copy(sector);
  sector.writeUInt32LE(0x424f4f54, DISK_SIGNATURE);
  const entry = PARTITION_TABLE;
  sector.writeUInt8(ACTIVE, entry);
  sector.set(NO_CHS, entry + 1);
  sector.writeUInt8(TYPE_LINUX, entry + 4);
  sector.set(NO_CHS, entry + 5);
  const blocks = Math.floor(diskSize / SECTOR);
  const first = blocks > FIRST_BLOCK ? FIRST_BLOCK : 1;
  sector.writeUInt32LE(first, entry + 8);
  sector.writeUInt32LE(Math.max(0, blocks - first), entry + 12);
  sector.writeUInt16LE(MBR_SIGNATURE, SECTOR - 2);
  return sector;
}

/** The bytes of a generated disk of 16 MiB: a boot sector that greets, then blocks that name their own number. */
export function demoImage(): Readable {
  return Readable.from(chunks(), { objectMode: false });
}

function* chunks(): Generator<Buffer> {
  for (let offset = 0; offset < DEMO_IMAGE_SIZE; offset += MIB) {
    const chunk = Buffer.alloc(MIB);
    for (let at = 0; at < MIB; at += SECTOR) chunk.writeUInt32LE((offset + at) / SECTOR, at);
    if (offset === 0) masterBootRecord(DEMO_IMAGE_SIZE).copy(chunk);
    yield chunk;
  }
}
