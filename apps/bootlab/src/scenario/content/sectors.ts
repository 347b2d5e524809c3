const SECTOR = 512;
const CHUNK = 1024 * 1024;

/** FNV-1a, 32 bits: what tells the filling of one image from that of another. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(name)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

/**
 * Filling whose every sector begins with its own number and with a number that stands for `name`: the same bytes each time, a
 * chunk at a time.
 * @param length bytes
 */
export function* sectors(name: string, length: number): Generator<Buffer> {
  const mark = hashOf(name);
  for (let offset = 0; offset < length; offset += CHUNK) {
    const chunk = Buffer.alloc(CHUNK);
    for (let at = 0; at < CHUNK; at += SECTOR) {
      chunk.writeUInt32LE((offset + at) / SECTOR, at);
      chunk.writeUInt32LE(mark, at + 4);
    }
    yield chunk.subarray(0, Math.min(CHUNK, length - offset));
  }
}
