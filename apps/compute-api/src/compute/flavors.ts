import { Hop } from '@bootlab/hop';
import type { Flavor } from '@bootlab/nova';
import { Flavors } from '@bootlab/nova-db';
import { Injectable } from '@nestjs/common';

/** Finds flavors by the id that users know. Plays `nova.compute.flavors`. */
@Injectable()
export class FlavorTypes {
  constructor(private readonly flavors: Flavors) {}

  /** @throws FlavorNotFound */
  @Hop('nova.compute.flavors.get_flavor_by_flavor_id', {
    in: (flavorId: string) => ({ 'flavor.id': flavorId }),
  })
  async getFlavorByFlavorId(flavorId: string): Promise<Flavor> {
    return this.flavors.getByFlavorId(flavorId);
  }
}
