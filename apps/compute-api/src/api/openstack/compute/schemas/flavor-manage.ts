import { z } from 'zod';
import { count, flag, name } from './types';

const LARGEST = 2 ** 31 - 1;

function size(least: number) {
  return count(least).pipe(z.number().max(LARGEST, `is greater than the maximum of ${LARGEST}`));
}

const flavorId = z.union(
  [
    z
      .string()
      .max(255)
      .regex(/^(?! )[\w. -]+(?<! )$/, 'is no id; use letters, digits and ._-'),
    z.number().int().min(0),
  ],
  { error: 'is no id; use letters, digits and ._-' },
);

const flavor = z.strictObject({
  name,
  id: flavorId.nullable().optional(),
  ram: size(1),
  vcpus: size(1),
  disk: size(0),
  'OS-FLV-EXT-DATA:ephemeral': size(0).optional(),
  swap: size(0).optional(),
  rxtx_factor: z.coerce.number('is not a number').positive('is not above 0').optional(),
  'os-flavor-access:is_public': flag.optional(),
});

/** The body of `POST /flavors` at microversion 2.1. Plays `nova.api.openstack.compute.schemas.flavor_manage.create`. */
export const createFlavor = z.strictObject({ flavor });

export type CreateFlavorBody = z.infer<typeof createFlavor>;
