import { Hop } from '@bootlab/hop';
import { Injectable } from '@nestjs/common';
import { Kysely } from 'kysely';
import { now } from '../db/codec';
import type { NovaSchema } from '../db/schema';

/** `cell0` holds what no host could take, `cell1` the rest; null until the conductor knows. */
export type Cell = 'cell0' | 'cell1' | null;

/** Says in which cell an instance is. Plays `nova.objects.instance_mapping.InstanceMapping`. */
export interface InstanceMapping {
  instance_uuid: string;
  project_id: string | null;
  cell: Cell;
}

@Injectable()
export class InstanceMappings {
  constructor(private readonly db: Kysely<NovaSchema>) {}

  /** @param db the transaction to write in */
  @Hop('nova.objects.instance_mapping.InstanceMapping.create', {
    in: (mapping: InstanceMapping) => ({ 'instance.uuid': mapping.instance_uuid }),
  })
  async create(mapping: InstanceMapping, db: Kysely<NovaSchema> = this.db): Promise<void> {
    await db
      .insertInto('instance_mappings')
      .values({ ...mapping, created_at: now(), updated_at: null })
      .execute();
  }

  /** Undefined when no such server was ever asked for. */
  async getByInstanceUuid(uuid: string): Promise<InstanceMapping | undefined> {
    const row = await this.db
      .selectFrom('instance_mappings')
      .select(['instance_uuid', 'project_id', 'cell'])
      .where('instance_uuid', '=', uuid)
      .executeTakeFirst();
    return row as InstanceMapping | undefined;
  }

  async setCell(uuid: string, cell: Cell): Promise<void> {
    await this.db
      .updateTable('instance_mappings')
      .set({ cell, updated_at: now() })
      .where('instance_uuid', '=', uuid)
      .execute();
  }

  /** Forgets a server that was deleted before it got a cell. */
  async destroy(uuid: string): Promise<void> {
    await this.db.deleteFrom('instance_mappings').where('instance_uuid', '=', uuid).execute();
  }
}
