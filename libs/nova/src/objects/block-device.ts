/** One disk of an instance. `volume_size` is in GiB. Plays `nova.objects.block_device.BlockDeviceMapping`. */
export interface BlockDeviceMapping {
  uuid: string;
  instance_uuid: string;
  source_type: 'image' | 'volume' | 'snapshot' | 'blank';
  destination_type: 'local' | 'volume';
  guest_format: string | null;
  device_type: string | null;
  disk_bus: string | null;
  device_name: string | null;
  /** 0 is the root disk; null or negative never boots. */
  boot_index: number | null;
  image_id: string | null;
  volume_id: string | null;
  snapshot_id: string | null;
  volume_size: number | null;
  delete_on_termination: boolean;
  no_device: boolean;
  tag: string | null;
}
