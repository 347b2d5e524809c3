import type { InstanceFault } from '@bootlab/nova';
import { Injectable } from '@nestjs/common';
import { Kysely } from 'kysely';
import { now } from '../db/codec';
import type { NovaSchema } from '../db/schema';

/** Why instances went wrong, in nova's database. */
@Injectable()
export class InstanceFaults {
  constructor(private readonly db: Kysely<NovaSchema>) {}

  async create(fault: InstanceFault): Promise<void> {
    await this.db
      .insertInto('instance_faults')
      .values({ ...fault, created_at: now() })
      .execute();
  }

  /** The latest fault of each of these instances that has one, by instance uuid. */
  async getLatestForInstances(uuids: string[]): Promise<Map<string, InstanceFault & { created_at: string }>> {
    if (uuids.length === 0) return new Map();
    const rows = await this.db
      .selectFrom('instance_faults')
      .select(['instance_uuid', 'code', 'message', 'details', 'host', 'created_at'])
      .where('instance_uuid', 'in', uuids)
      .orderBy('id')
      .execute();
    return new Map(rows.map((row) => [row.instance_uuid, row]));
  }
}
