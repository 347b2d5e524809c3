import { HttpException } from '@bootlab/openstack';
import type { ImageValues } from '../../../db/image';
import type { SentLocations } from './image-locations';

/** `{"image": {…}}`, with the status that an update expects. */
export interface ImageBody {
  image: Omit<ImageValues, 'locations'> & SentLocations;
  from_state?: string;
}

/** @throws a 400 when the body has no image, or properties that are no map */
export function imageBody(body: unknown): ImageBody {
  const { image, from_state: fromState } = (body ?? {}) as Partial<Record<string, unknown>>;
  if (!isMap(image)) throw new HttpException(400, 'The body must be {"image": {…}}.');
  if (image['properties'] !== undefined && !isMap(image['properties'])) {
    throw new HttpException(400, "The image's properties must be a map of names and values.");
  }
  return {
    image,
    from_state: typeof fromState === 'string' && fromState !== '' ? fromState : undefined,
  };
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
