import type { BlockDeviceMapping } from './block-device';
import type { NewInstance } from './instance';

/** Stands for a server until the conductor has made its row. Plays `nova.objects.build_request.BuildRequest`. */
export interface BuildRequest {
  instance_uuid: string;
  project_id: string | null;
  instance: NewInstance;
  block_device_mappings: BlockDeviceMapping[];
  tags: string[];
  created_at: string;
}
