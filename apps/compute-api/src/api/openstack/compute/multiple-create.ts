import { HttpException } from '@bootlab/openstack';
import type { CreateServer } from './schemas/servers';

/** How many servers a request is for. Plays `nova.api.openstack.compute.multiple_create`. @throws HttpException 400 */
export function countsOf({ min_count: minCount = 1, max_count: maxCount = minCount }: CreateServer) {
  if (minCount > maxCount) throw new HttpException(400, 'min_count must be <= max_count');
  return { minCount, maxCount };
}
