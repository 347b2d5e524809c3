import { Hop } from '@bootlab/hop';
import type { BuildRequest } from '@bootlab/nova';
import { novaException } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { Kysely } from 'kysely';
import { codec } from '../db/codec';
import type { NovaSchema } from '../db/schema';

const buildRequestCodec = codec<BuildRequest>({ json: ['instance', 'block_device_mappings', 'tags'] });

/** The servers that have been asked for and have no instance row yet. */
@Injectable()
export class BuildRequests {
  constructor(private readonly db: Kysely<NovaSchema>) {}

  /** @param db the transaction to write in */
  @Hop('nova.objects.build_request.BuildRequest.create', {
    in: (request: BuildRequest) => ({ 'instance.uuid': request.instance_uuid }),
  })
  async create(request: BuildRequest, db: Kysely<NovaSchema> = this.db): Promise<void> {
    const row = buildRequestCodec.toRow(request) as never;
    await db.insertInto('build_requests').values(row).execute();
  }

  /** @throws BuildRequestNotFound */
  async getByInstanceUuid(uuid: string): Promise<BuildRequest> {
    const row = await this.db
      .selectFrom('build_requests')
      .selectAll()
      .where('instance_uuid', '=', uuid)
      .executeTakeFirst();
    if (!row) throw new novaException.BuildRequestNotFound({ uuid });
    return buildRequestCodec.toObject(row);
  }

  /** Those of servers without a row, newest first; of one project, or of all. A request may outlive the making of the row by a moment. */
  async list(projectId?: string | null): Promise<BuildRequest[]> {
    let query = this.db
      .selectFrom('build_requests')
      .selectAll()
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('instances').select('id').whereRef('uuid', '=', 'build_requests.instance_uuid'))),
      )
      .orderBy('id', 'desc');
    if (projectId !== undefined) query = query.where('project_id', projectId === null ? 'is' : '=', projectId);
    return (await query.execute()).map((row) => buildRequestCodec.toObject(row));
  }

  /** Which of these servers still have one, i.e. nobody has deleted them. */
  async present(uuids: string[]): Promise<Set<string>> {
    const rows = await this.db
      .selectFrom('build_requests')
      .select('instance_uuid')
      .where('instance_uuid', 'in', uuids)
      .execute();
    return new Set(rows.map((row) => row.instance_uuid));
  }

  /** @throws BuildRequestNotFound when it is gone already: either its instance row exists, or its user has deleted it */
  async destroy(uuid: string, db: Kysely<NovaSchema> = this.db): Promise<void> {
    const { numDeletedRows } = await db
      .deleteFrom('build_requests')
      .where('instance_uuid', '=', uuid)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new novaException.BuildRequestNotFound({ uuid });
  }
}
