import { open } from 'node:fs/promises';
import { DiskInfo, Probe, ReadAt } from './disk-info';
import { probeVdi, probeVhdx, probeVpc } from './others';
import { probeQcow2 } from './qcow2';
import { probeVmdk } from './vmdk';

const HEAD = 512;

const probes: Probe[] = [probeQcow2, probeVmdk, probeVdi, probeVpc, probeVhdx];

/**
 * Reads a disk image's format and size off its header.
 * @throws MalformedHeader, and what the file system raises
 */
export async function readDiskInfo(path: string): Promise<DiskInfo> {
  const file = await open(path, 'r');
  try {
    const readAt: ReadAt = async (position, length) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
      return buffer.subarray(0, bytesRead);
    };
    const head = await readAt(0, HEAD);
    for (const probe of probes) {
      const info = await probe(head, readAt);
      if (info) return info;
    }
    return { fileFormat: 'raw', virtualSize: (await file.stat()).size };
  } finally {
    await file.close();
  }
}
