import { hop } from '@bootlab/hop';
import { glanceException, RequestContext } from '@bootlab/openstack';
import type { ImageRecord } from '../image';

/**
 * Only its owner and administrators change an image.
 * @throws Forbidden, or ForbiddenPublicImage for an image that all can see
 */
export const checkMutateAuthorization = hop(
  'glance.db.sqlalchemy.api._check_mutate_authorization',
  function checkMutateAuthorization(context: RequestContext, { id, owner, visibility }: ImageRecord): void {
    if (context.isAdmin || (owner !== null && owner === context.projectId)) return;
    if (visibility === 'private' || visibility === 'shared') {
      throw new glanceException.Forbidden({ message: `Image ${id} belongs to another project.` });
    }
    throw new glanceException.ForbiddenPublicImage({ image_id: id });
  },
);
