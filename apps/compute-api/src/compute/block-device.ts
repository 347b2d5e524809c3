import type { BlockDevice } from './create-request';

type Given = Partial<BlockDevice> & Pick<BlockDevice, 'source_type' | 'destination_type'>;

/** A disk that has what is given and nothing else. */
export function blockDevice(given: Given): BlockDevice {
  return {
    guest_format: null,
    device_type: null,
    disk_bus: null,
    device_name: null,
    boot_index: -1,
    image_id: null,
    volume_id: null,
    snapshot_id: null,
    volume_size: null,
    delete_on_termination: false,
    no_device: false,
    tag: null,
    ...given,
  };
}

/** The disk that an image becomes on the compute host. */
export function imageDisk(imageId: string): BlockDevice {
  return blockDevice({
    source_type: 'image',
    destination_type: 'local',
    image_id: imageId,
    boot_index: 0,
    delete_on_termination: true,
  });
}

/** An empty disk on the compute host. @param size GiB, for swap MB */
export function blankDisk(
  size: number,
  guestFormat: string | null = null,
  deviceName: string | null = null,
): BlockDevice {
  return blockDevice({
    source_type: 'blank',
    destination_type: 'local',
    volume_size: size,
    guest_format: guestFormat,
    device_name: deviceName,
    delete_on_termination: true,
  });
}

export function isSwap({ source_type, destination_type, guest_format }: BlockDevice): boolean {
  return source_type === 'blank' && destination_type === 'local' && guest_format === 'swap';
}

export function isEphemeral(device: BlockDevice): boolean {
  return device.source_type === 'blank' && device.destination_type === 'local' && device.guest_format !== 'swap';
}

/** The disk that boots first. */
export function rootDisk(devices: BlockDevice[]): BlockDevice | undefined {
  return devices.find(({ boot_index }) => boot_index === 0);
}
