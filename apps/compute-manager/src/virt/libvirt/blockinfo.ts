import { hop } from '@bootlab/hop';
import { ImageMeta } from '@bootlab/nova';

/** How the guest sees its root disk. */
export interface DiskMapping {
  bus: string;
  /** `vda` and the like. */
  dev: string;
  type: 'disk' | 'cdrom';
}

const prefixes: Record<string, string> = { virtio: 'vd', ide: 'hd', scsi: 'sd', sata: 'sd', usb: 'sd', xen: 'xvd' };

/** An ISO is a CD, anything else a disk on the bus that the image asks for. */
export const getDiskInfo = hop(
  'nova.virt.libvirt.blockinfo.get_disk_info',
  function getDiskInfo({ disk_format, properties }: ImageMeta): DiskMapping {
    const type = disk_format === 'iso' ? 'cdrom' : 'disk';
    const bus = type === 'cdrom' ? (properties.hw_cdrom_bus ?? 'ide') : (properties.hw_disk_bus ?? 'virtio');
    return { type, bus, dev: `${prefixes[bus] ?? 'sd'}a` };
  },
  { out: ({ bus, dev, type }) => ({ 'disk.bus': bus, 'disk.dev': dev, 'disk.type': type }) },
);
