/** A disk image: what stands before the disk's own bytes, and how many of these there are. */
export interface DiskLayout {
  head: Buffer;
  /** Bytes of the disk that a guest sees. */
  diskSize: number;
}
