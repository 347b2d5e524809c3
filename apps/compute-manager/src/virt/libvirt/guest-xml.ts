import { Instance, instanceName } from '@bootlab/nova';
import type { NetworkInfo } from '../../compute/simulated-network';
import type { DiskMapping } from './blockinfo';

const KIB_PER_MIB = 1024;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', "'": '&apos;', '"': '&quot;' };

function escape(text: string): string {
  return text.replaceAll(/[&<>'"]/g, (sign) => entities[sign] ?? sign);
}

export interface GuestDevices {
  folder: string;
  root: DiskMapping;
  diskFormat: 'qcow2' | 'raw';
  cards: NetworkInfo;
}

/** libvirt's description of the guest. */
export function guestXml(instance: Instance, { folder, root, diskFormat, cards }: GuestDevices): string {
  const { uuid, display_name, memory_mb, vcpus, kernel_id, ramdisk_id } = instance;
  const interfaces = cards.map(({ address }) => `    <interface type="bridge"><mac address="${address}"/></interface>`);
  return [
    '<domain type="qemu">',
    `  <name>${instanceName(instance)}</name>`,
    `  <uuid>${uuid}</uuid>`,
    `  <title>${escape(display_name)}</title>`,
    `  <memory unit="KiB">${memory_mb * KIB_PER_MIB}</memory>`,
    `  <vcpu>${vcpus}</vcpu>`,
    '  <os>',
    '    <type>hvm</type>',
    ...(kernel_id === '' ? [] : [`    <kernel>${escape(folder)}/kernel</kernel>`]),
    ...(ramdisk_id === '' ? [] : [`    <initrd>${escape(folder)}/ramdisk</initrd>`]),
    '  </os>',
    '  <devices>',
    `    <disk type="file" device="${root.type}">`,
    `      <driver name="qemu" type="${diskFormat}"/>`,
    `      <source file="${escape(folder)}/disk"/>`,
    `      <target dev="${root.dev}" bus="${root.bus}"/>`,
    '    </disk>',
    ...interfaces,
    `    <serial type="file"><source path="${escape(folder)}/console.log"/></serial>`,
    '  </devices>',
    '</domain>',
    '',
  ].join('\n');
}
