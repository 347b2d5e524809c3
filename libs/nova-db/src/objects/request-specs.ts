import { Hop } from '@bootlab/hop';
import type { RequestSpec } from '@bootlab/nova';
import { Injectable } from '@nestjs/common';
import { Kysely } from 'kysely';
import { now } from '../db/codec';
import type { NovaSchema } from '../db/schema';

/** What the scheduler is asked for each instance. */
@Injectable()
export class RequestSpecs {
  constructor(private readonly db: Kysely<NovaSchema>) {}

  /** @param db the transaction to write in */
  @Hop('nova.objects.request_spec.RequestSpec.create', {
    in: (spec: RequestSpec) => ({ 'instance.uuid': spec.instance_uuid }),
  })
  async create(spec: RequestSpec, db: Kysely<NovaSchema> = this.db): Promise<void> {
    const { instance_uuid } = spec;
    const row = { instance_uuid, spec: JSON.stringify(spec), created_at: now(), updated_at: null };
    await db.insertInto('request_specs').values(row).execute();
  }
}
