import { novaException } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { Kysely } from 'kysely';
import type { NovaSchema } from '../db/schema';
import { Flavor, flavorCodec } from './flavor';

/** The flavors in nova's database. */
@Injectable()
export class Flavors {
  constructor(private readonly db: Kysely<NovaSchema>) {}

  /** @throws FlavorNotFound */
  async getByFlavorId(flavorId: string): Promise<Flavor> {
    const row = await this.db.selectFrom('flavors').selectAll().where('flavorid', '=', flavorId).executeTakeFirst();
    if (!row) throw new novaException.FlavorNotFound({ flavor_id: flavorId });
    return flavorCodec.toObject(row);
  }

  /** All of them, by flavor id. */
  async list(): Promise<Flavor[]> {
    const rows = await this.db.selectFrom('flavors').selectAll().orderBy('flavorid').execute();
    return rows.map((row) => flavorCodec.toObject(row));
  }
}
