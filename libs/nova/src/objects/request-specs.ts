import { hop, Hop } from '@bootlab/hop';
import { Injectable } from '@nestjs/common';
import { Kysely } from 'kysely';
import { now } from '../db/codec';
import type { NovaSchema } from '../db/schema';
import type { RequestSpec } from './request-spec';

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

type Components = Pick<RequestSpec, 'instance_uuid' | 'project_id' | 'user_id' | 'image' | 'flavor' | 'num_instances'> &
  Partial<RequestSpec>;

/** Makes the request of one instance. Plays `RequestSpec.from_components`. */
export const requestSpecFromComponents = hop(
  'nova.objects.request_spec.RequestSpec.from_components',
  function fromComponents(components: Components): RequestSpec {
    return {
      availability_zone: null,
      force_hosts: [],
      force_nodes: [],
      ignore_hosts: [],
      instance_group: null,
      scheduler_hints: {},
      security_groups: [],
      ...components,
    };
  },
  { in: ({ instance_uuid, flavor }) => ({ 'instance.uuid': instance_uuid, 'flavor.name': flavor.name }) },
);
