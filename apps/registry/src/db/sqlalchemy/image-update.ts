import { inTransaction, isUniqueViolation } from '@bootlab/database';
import { hop } from '@bootlab/hop';
import { glanceException, RequestContext } from '@bootlab/openstack';
import { randomUUID } from 'node:crypto';
import { utcnow } from '../../common/timeutils';
import type { ImageV1, ImageValues } from '../image';
import { ensureImageDictV2Compliant } from '../utils';
import { imageGet, loadImage } from './image-get';
import { columnsOf } from './image-columns';
import { setImageLocations } from './locations';
import { lockImage } from './lock-image';
import type { GlanceDb, NewImageRow, Session } from './models';
import { checkMutateAuthorization } from './mutable';
import { setPropertiesForImage } from './properties';

export interface UpdateOptions {
  /** Drop the properties that are not named. */
  purgeProps?: boolean;
  /** The status that the image must have for the update to happen. */
  fromState?: string;
}

const made = (image: ImageV1) => ({ 'image.id': image.id, 'image.status': image.status });

/**
 * Inserts an image.
 * @throws Duplicate when the id is taken, Invalid for a value that cannot be
 */
export const imageCreate = hop(
  'glance.db.sqlalchemy.api.image_create',
  async (db: GlanceDb, context: RequestContext, values: ImageValues): Promise<ImageV1> =>
    writeImage(db, context, values, undefined, {}),
  { out: (image) => made(image) },
);

/**
 * Changes an image.
 * @throws ImageNotFound, Forbidden, ForbiddenPublicImage, Invalid; Conflict when it is not in `fromState`
 */
export const imageUpdate = hop(
  'glance.db.sqlalchemy.api.image_update',
  async (
    db: GlanceDb,
    context: RequestContext,
    imageId: string,
    values: ImageValues,
    options: UpdateOptions,
  ): Promise<ImageV1> => writeImage(db, context, values, imageId, options),
  {
    in: (_db, _context, imageId, { status }, { fromState }) => ({
      'image.id': imageId,
      'image.status.wanted': status,
      'image.status.from': fromState,
    }),
    out: (image) => made(image),
  },
);

const writeImage = hop(
  'glance.db.sqlalchemy.api._image_update',
  async function writeImage(
    db: GlanceDb,
    context: RequestContext,
    values: ImageValues,
    imageId: string | undefined,
    options: UpdateOptions,
  ): Promise<ImageV1> {
    return inTransaction(db, async (session) => {
      const { properties = {}, locations, ...rest } = ensureImageDictV2Compliant(values);
      const id = imageId ?? rest.id ?? randomUUID();
      if (imageId === undefined) await insertImage(session, { ...rest, id });
      else await updateImage(session, context, imageId, rest, options.fromState);
      await setPropertiesForImage(session, id, properties, options.purgeProps ?? false);
      if (locations && locations.length > 0) await setImageLocations(session, id, locations);
      return imageGet(session, context, id);
    });
  },
);

async function insertImage(session: Session, values: Omit<ImageValues, 'is_public'> & { id: string }): Promise<void> {
  const now = utcnow();
  const row: NewImageRow = {
    min_disk: 0,
    min_ram: 0,
    protected: 0,
    visibility: 'shared',
    status: values.status ?? '',
    updated_at: now,
    created_at: values.created_at ?? now,
    ...columnsOf(values, true),
    id: values.id,
  };
  try {
    await session.insertInto('images').values(row).execute();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new glanceException.Duplicate({ message: `An image with id ${values.id} exists already.` }, { cause: error });
  }
}

async function updateImage(
  session: Session,
  context: RequestContext,
  imageId: string,
  values: Omit<ImageValues, 'is_public'>,
  fromState: string | undefined,
): Promise<void> {
  await lockImage(session, imageId);
  const image = await loadImage(session, context, imageId, false);
  checkMutateAuthorization(context, image);
  const { numUpdatedRows } = await session
    .updateTable('images')
    .set({ ...columnsOf(values, false), updated_at: utcnow() })
    .where('id', '=', imageId)
    .$if(fromState !== undefined, (query) => query.where('status', '=', fromState!))
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) {
    throw new glanceException.Conflict({
      reason: `it is ${image.status}, and goes to ${values.status ?? image.status} only from ${fromState}.`,
    });
  }
}
