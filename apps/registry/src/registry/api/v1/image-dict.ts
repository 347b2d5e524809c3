import { hop } from '@bootlab/hop';
import type { ImageLocation, ImageRecord, ImageV1 } from '../../../db/image';

/** An image as the registry answers it. `location` is the first active one. */
export interface ImageDict extends Omit<ImageV1, 'locations' | 'is_public'> {
  is_public?: boolean;
  location: string | null;
  location_data: ImageLocation[];
}

type Image = Omit<ImageRecord, 'visibility'> & { is_public?: boolean; visibility?: unknown };

const limitLocations = hop(
  'glance.registry.api.v1.images._limit_locations',
  function limitLocations(locations: ImageLocation[]): Pick<ImageDict, 'location' | 'location_data'> {
    const active = locations.find(({ status }) => status === 'active');
    return { location: active?.url ?? null, location_data: locations };
  },
);

/** The flat form of an image: its own fields, its properties, and where its bytes are. */
export const makeImageDict = hop(
  'glance.registry.api.v1.images.make_image_dict',
  function makeImageDict({ locations, visibility: _visibility, ...image }: Image): ImageDict {
    return { ...image, ...limitLocations(locations) };
  },
  { out: (image) => ({ 'image.id': image.id, 'image.locations': image.location_data.length }) },
);
