import { HttpException, RequestContext } from '@bootlab/openstack';
import type { ImageMeta } from '../../common/image-meta';
import type { RequestedMeta } from '../../common/http-headers';

const NEVER = ['id', 'status'] as const;
const ACTIVE = ['size', 'checksum'] as const;

/**
 * Nobody changes an image's id or status by hand; only an administrator changes size and checksum once there is data.
 * @throws HttpException 403
 */
export function refuseImmutable(context: RequestContext, before: ImageMeta, changes: Partial<RequestedMeta>): void {
  const fields = before.status === 'active' && !context.isAdmin ? [...NEVER, ...ACTIVE] : NEVER;
  for (const field of fields) {
    const wanted = changes[field];
    if (wanted === undefined || wanted === null || wanted === before[field]) continue;
    throw new HttpException(403, `Forbidden to modify '${field}' of ${before.status} image ${before.id}.`);
  }
}
