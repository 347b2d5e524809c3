interface Qcow2Wish {
  version?: number;
  virtualSize?: number;
  backingFile?: string;
}

/** The header of a qcow2, and nothing else. */
export function qcow2({ version = 3, virtualSize = 0, backingFile = '' }: Qcow2Wish): Buffer {
  const bytes = Buffer.alloc(1024);
  bytes.write('QFI\xfb', 0, 'latin1');
  bytes.writeUInt32BE(version, 4);
  bytes.writeBigUInt64BE(BigInt(virtualSize), 24);
  bytes.writeUInt32BE(104, 100);
  if (backingFile !== '') {
    bytes.writeBigUInt64BE(512n, 8);
    bytes.writeUInt32BE(Buffer.byteLength(backingFile), 16);
    bytes.write(backingFile, 512);
  }
  return bytes;
}
