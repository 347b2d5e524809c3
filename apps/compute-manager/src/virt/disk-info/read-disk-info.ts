import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
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
export function readDiskInfo(path: string): DiskInfo {
  const file = openSync(path, 'r');
  try {
    const readAt: ReadAt = (position, length) => {
      const buffer = Buffer.alloc(length);
      return buffer.subarray(0, readSync(file, buffer, 0, length, position));
    };
    const head = readAt(0, HEAD);
    for (const probe of probes) {
      const info = probe(head, readAt);
      if (info) return info;
    }
    return { fileFormat: 'raw', virtualSize: fstatSync(file).size };
  } finally {
    closeSync(file);
  }
}
