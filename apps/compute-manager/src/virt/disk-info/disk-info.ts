/** What the header of a disk image tells. */
export interface DiskInfo {
  /** qemu's name of the format; `raw` for what has no known header. */
  fileFormat: 'raw' | 'qcow2' | 'qcow' | 'vmdk' | 'vdi' | 'vpc' | 'vhdx';
  /** Size of the disk that a guest sees, in bytes. */
  virtualSize: number;
  /** Another file that this one needs to be read. */
  backingFile?: string;
}

/** Reads `length` bytes at `position`; fewer at the end of the file. */
export type ReadAt = (position: number, length: number) => Buffer;

/** Knows one format: undefined when the file is of another. `head` has the file's first bytes. */
export type Probe = (head: Buffer, readAt: ReadAt) => DiskInfo | undefined;

/** A header that cannot be what it says it is. */
export class MalformedHeader extends Error {
  override readonly name = 'MalformedHeader';
}

/** A 64-bit number of a header. @throws MalformedHeader when it is no size or place in a file */
export function size(value: bigint, what: string): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new MalformedHeader(`${what} of ${value} is out of range`);
  return Number(value);
}
