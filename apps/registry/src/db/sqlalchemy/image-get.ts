import { hop } from '@bootlab/hop';
import { glanceException, RequestContext } from '@bootlab/openstack';
import type { ImageRecord, ImageV1 } from '../image';
import { isImageVisible, mutateImageDictToV1 } from '../utils';
import { imageOfRows } from './image-rows';
import { isImageMember } from './members';
import type { GlanceDb } from './models';
import { selectById } from './select-by-id';

const LONGEST_ID = 36;

const facts = (image: { id: string; status: string }) => ({ 'image.id': image.id, 'image.status': image.status });

/**
 * One image that the caller may see. Administrators see deleted ones too.
 * @throws ImageNotFound, Forbidden
 */
export const loadImage = hop(
  'glance.db.sqlalchemy.api._image_get',
  async function _imageGet(
    db: GlanceDb,
    context: RequestContext,
    imageId: string,
    forceShowDeleted: boolean,
  ): Promise<ImageRecord> {
    if (imageId.length > LONGEST_ID) throw new glanceException.ImageNotFound({ image_id: imageId });
    const image = imageOfRows(await selectById(db, imageId, forceShowDeleted || context.isAdmin));
    if (!image) throw new glanceException.ImageNotFound({ image_id: imageId });
    if (!(await isImageVisible(context, image, (id, member) => isImageMember(db, id, member)))) {
      throw new glanceException.Forbidden({ message: `Image ${imageId} is not visible to this caller.` });
    }
    return image;
  },
  { in: (_db, _context, imageId) => ({ 'image.id': imageId }), out: (image) => facts(image) },
);

/** Users other than administrators get no locations of a deactivated image. */
export const normalizeLocations = hop(
  'glance.db.sqlalchemy.api._normalize_locations',
  function normalizeLocations(context: RequestContext, image: ImageRecord): ImageRecord {
    return image.status === 'deactivated' && !context.isAdmin ? { ...image, locations: [] } : image;
  },
  { out: ({ locations }) => ({ 'image.locations': locations.length }) },
);

/**
 * One image with properties and locations, as the API v1 tells it.
 * @throws ImageNotFound when there is none, Forbidden when the caller may not see it
 */
export const imageGet = hop(
  'glance.db.sqlalchemy.api.image_get',
  async function imageGet(db: GlanceDb, context: RequestContext, imageId: string): Promise<ImageV1> {
    const image = await loadImage(db, context, imageId, false);
    return mutateImageDictToV1(normalizeLocations(context, image));
  },
  { in: (_db, _context, imageId) => ({ 'image.id': imageId }), out: (image) => facts(image) },
);
