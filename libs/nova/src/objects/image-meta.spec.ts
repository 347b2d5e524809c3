import { ValueError } from '@bootlab/openstack';
import { ImageMeta } from './image-meta';

function props(properties: Record<string, unknown>) {
  return ImageMeta.fromDict({ id: 'a', properties }).properties;
}

describe('ImageMeta.fromDict', () => {
  it('makes missing text empty and missing numbers 0', () => {
    expect(ImageMeta.fromDict({ id: 'a', name: null, size: null })).toMatchObject({
      id: 'a',
      name: '',
      checksum: '',
      disk_format: '',
      size: 0,
      min_ram: 0,
      min_disk: 0,
      properties: {},
    });
  });

  it('reads properties by their type and drops those that nova does not know', () => {
    expect(
      props({
        hw_disk_bus: 'virtio',
        hw_cpu_cores: '2',
        hw_qemu_guest_agent: 'Yes',
        os_type: 'Linux',
        hw_numa_mem: '512, 1024',
        img_config_drive: 'mandatory',
        my_own: 'x',
      }),
    ).toEqual({
      hw_disk_bus: 'virtio',
      hw_cpu_cores: 2,
      hw_qemu_guest_agent: true,
      os_type: 'linux',
      hw_numa_mem: [512, 1024],
      img_config_drive: 'mandatory',
    });
  });

  it('understands earlier names, and lets the later one win', () => {
    expect(props({ architecture: 'AMD64', hypervisor_type: 'xapi', vm_mode: 'hv' })).toEqual({
      hw_architecture: 'x86_64',
      img_hv_type: 'xen',
      hw_vm_mode: 'hvm',
    });
    expect(props({ architecture: 'i686', hw_architecture: 'aarch64' })).toEqual({ hw_architecture: 'aarch64' });
  });

  it('takes block devices as a list or as its JSON text', () => {
    const devices = [{ boot_index: 0 }];
    expect(props({ block_device_mapping: devices })).toEqual({ img_block_device_mapping: devices });
    expect(props({ mappings: JSON.stringify(devices) })).toEqual({ img_mappings: devices });
  });

  it.each([
    ['hw_disk_bus', 'floppy', 'it takes fdc, ide,'],
    ['img_config_drive', 'maybe', "is 'maybe'; it takes optional, mandatory."],
    ['os_type', 'beos', 'it takes linux, windows.'],
    ['hw_cpu_cores', 'two', 'not a whole number'],
    ['mappings', 'nonsense', 'not a list of objects'],
  ])('refuses %s = %s', (name, value, message) => {
    expect(() => props({ [name]: value })).toThrow(ValueError);
    expect(() => props({ [name]: value })).toThrow(message);
  });
});
