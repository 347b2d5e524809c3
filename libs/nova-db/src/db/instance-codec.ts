import type { Instance } from '@bootlab/nova';
import { codec } from './codec';

export const instanceCodec = codec<Instance>({
  json: ['metadata', 'system_metadata', 'flavor'],
  flags: ['auto_disk_config', 'locked'],
});
