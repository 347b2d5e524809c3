import { isUniqueViolation } from '@bootlab/database';
import type { Flavor } from '@bootlab/nova';
import { novaException } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { Insertable, Kysely } from 'kysely';
import { codec, now } from '../db/codec';
import type { FlavorsTable, NovaSchema } from '../db/schema';

const flavorCodec = codec<Flavor>({ json: ['extra_specs'], flags: ['is_public', 'disabled'] });

/** What is said of a flavor when it is made. */
export type NewFlavor = Pick<
  Flavor,
  'flavorid' | 'name' | 'memory_mb' | 'vcpus' | 'root_gb' | 'ephemeral_gb' | 'swap' | 'rxtx_factor' | 'is_public'
>;

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

  /** @throws FlavorIdExists, FlavorExists */
  async create(flavor: NewFlavor): Promise<Flavor> {
    const { flavorid, name } = flavor;
    const rest = { vcpu_weight: 0, disabled: false, extra_specs: {}, created_at: now(), updated_at: null };
    const row = flavorCodec.toRow({ ...flavor, ...rest }) as unknown as Insertable<FlavorsTable>;
    try {
      await this.db.insertInto('flavors').values(row).execute();
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      const sameId = await this.db
        .selectFrom('flavors')
        .select('id')
        .where('flavorid', '=', flavorid)
        .executeTakeFirst();
      if (sameId) throw new novaException.FlavorIdExists({ flavor_id: flavorid }, { cause: error });
      throw new novaException.FlavorExists({ name }, { cause: error });
    }
    return this.getByFlavorId(flavorid);
  }
}
