/** Words that image properties may have; `nova.objects.fields` has an enum for each set. */

export const architectures = [
  'alpha', 'armv6', 'armv7l', 'armv7b', 'aarch64', 'cris', 'i686', 'ia64', 'lm32', 'm68k', 'microblaze', 'microblazeel',
  'mips', 'mipsel', 'mips64', 'mips64el', 'openrisc', 'parisc', 'parisc64', 'ppc', 'ppcle', 'ppc64', 'ppc64le', 'ppcemb',
  's390', 's390x', 'sh4', 'sh4eb', 'sparc', 'sparc64', 'unicore32', 'x86_64', 'xtensa', 'xtensaeb',
] as const; // prettier-ignore

const otherNames: Record<string, string> = { i386: 'i686', i486: 'i686', i586: 'i686', amd64: 'x86_64' };

/** `AMD64` → `x86_64`. */
export function canonicalArchitecture(name: string): string {
  const lower = name.toLowerCase();
  return otherNames[lower] ?? lower;
}

export const hypervisorTypes = [
  'baremetal', 'bhyve', 'docker', 'fake', 'hyperv', 'ironic', 'kvm', 'lguest', 'lxc', 'lxd', 'openvz', 'parallels',
  'phyp', 'powervm', 'qemu', 'test', 'uml', 'vbox', 'virtuozzo', 'vmware', 'xen', 'zvm',
] as const; // prettier-ignore

/** `xapi` → `xen`. */
export function canonicalHypervisor(name: string): string {
  const lower = name.toLowerCase();
  return lower === 'xapi' ? 'xen' : lower;
}

export const vmModes = ['hvm', 'xen', 'uml', 'exe'] as const;

const otherModes: Record<string, string> = { pv: 'xen', hv: 'hvm', baremetal: 'hvm' };

export function canonicalVmMode(name: string): string {
  const lower = name.toLowerCase();
  return otherModes[lower] ?? lower;
}

export const diskBuses = ['fdc', 'ide', 'sata', 'scsi', 'usb', 'virtio', 'xen', 'lxc', 'uml'] as const;

export const vifModels = [
  'e1000', 'e1000e', 'lan9118', 'ne2k_pci', 'netfront', 'pcnet', 'rtl8139', 'spapr-vlan', 'sriov', 'virtio', 'vmxnet',
  'vmxnet3',
] as const; // prettier-ignore

const otherVifs: Record<string, string> = {
  virtuale1000: 'e1000',
  virtuale1000e: 'e1000e',
  virtualpcnet32: 'pcnet',
  virtualsriovethernetcard: 'sriov',
  virtualvmxnet: 'vmxnet',
  virtualvmxnet3: 'vmxnet3',
};

export function canonicalVif(name: string): string {
  return otherVifs[name.toLowerCase()] ?? name;
}

export const scsiModels = [
  'buslogic', 'ibmvscsi', 'lsilogic', 'lsisas1068', 'lsisas1078', 'virtio-scsi', 'vmpvscsi',
] as const; // prettier-ignore

const otherScsi: Record<string, string> = { lsilogicsas: 'lsisas1068', paravirtual: 'vmpvscsi' };

export function canonicalScsi(name: string): string {
  const lower = name.toLowerCase();
  return otherScsi[lower] ?? lower;
}

export function lowerCase(name: string): string {
  return name.toLowerCase();
}
