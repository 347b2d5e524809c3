import { hop } from '@bootlab/hop';
import { glanceException, RequestContext } from '@bootlab/openstack';
import type { ImageRecord, ImageV1, ImageValues } from './image';

/** Whether an image is shared with a project. */
export type IsMember = (imageId: string, member: string) => Promise<boolean>;

/** `visibility` → `is_public`. */
export const mutateImageDictToV1 = hop(
  'glance.db.utils.mutate_image_dict_to_v1',
  function mutateImageDictToV1({ visibility, ...image }: ImageRecord): ImageV1 {
    return { ...image, is_public: visibility === 'public' };
  },
);

/**
 * `is_public` → `visibility`: what is not public is shared with its members.
 * @throws Invalid when both are given
 */
export function ensureImageDictV2Compliant({
  is_public: isPublic,
  ...values
}: ImageValues): Omit<ImageValues, 'is_public'> {
  if (isPublic === undefined) return values;
  if (values.visibility !== undefined) {
    throw new glanceException.Invalid({ reason: 'Give either visibility or is_public, not both.' });
  }
  return { ...values, visibility: isPublic ? 'public' : 'shared' };
}

/** Whether this caller may see the image: administrators, its owner, its members, and all when it is public or nobody's. */
export const isImageVisible = hop(
  'glance.db.utils.is_image_visible',
  async function isImageVisible(
    context: RequestContext,
    image: Pick<ImageRecord, 'id' | 'owner' | 'visibility'>,
    isMember: IsMember,
  ): Promise<boolean> {
    if (context.isAdmin || image.owner === null) return true;
    if (image.visibility === 'public' || image.visibility === 'community') return true;
    if (context.projectId === undefined) return false;
    if (context.projectId === image.owner) return true;
    return image.visibility === 'shared' && isMember(image.id, context.projectId);
  },
  {
    in: (_context, image) => ({ 'image.visibility': image.visibility, 'image.owner': image.owner ?? undefined }),
    out: (visible) => ({ 'image.visible': visible }),
  },
);
