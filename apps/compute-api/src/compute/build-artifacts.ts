import { inTransaction } from '@bootlab/database';
import { Hop } from '@bootlab/hop';
import type { BuildRequest, RequestSpec } from '@bootlab/nova';
import {
  BuildRequests,
  InstanceMapping,
  InstanceMappings,
  Instances,
  NovaSchema,
  RequestSpecs,
} from '@bootlab/nova-db';
import { Injectable } from '@nestjs/common';
import { Kysely } from 'kysely';

/** The three records that stand for a server until the conductor has made its row. */
export interface BuildArtifacts {
  requestSpec: RequestSpec;
  buildRequest: BuildRequest;
  instanceMapping: InstanceMapping;
}

/** Writes and takes back the records of servers to be. */
@Injectable()
export class BuildArtifactsStore {
  constructor(
    private readonly db: Kysely<NovaSchema>,
    private readonly requestSpecs: RequestSpecs,
    private readonly buildRequests: BuildRequests,
    private readonly instanceMappings: InstanceMappings,
    private readonly instances: Instances,
  ) {}

  /** All three in one transaction, or none. */
  @Hop('nova.compute.api.API._create_reqspec_buildreq_instmapping', {
    in: ({ buildRequest }: BuildArtifacts) => ({ 'instance.uuid': buildRequest.instance_uuid }),
  })
  async createReqspecBuildreqInstmapping(artifacts: BuildArtifacts): Promise<void> {
    await inTransaction(this.db, async (transaction) => {
      await this.requestSpecs.create(artifacts.requestSpec, transaction);
      await this.buildRequests.create(artifacts.buildRequest, transaction);
      await this.instanceMappings.create(artifacts.instanceMapping, transaction);
    });
  }

  /** Takes all records of these servers back. Plays `_cleanup_build_artifacts`. */
  async cleanupBuildArtifacts(uuids: string[]): Promise<void> {
    if (uuids.length === 0) return;
    await inTransaction(this.db, (transaction) => removeArtifacts(transaction, uuids));
  }

  /**
   * Takes the records of a server back that the conductor is not done with, so that it finds that nobody wants it any more.
   * With them goes the row, if there is one: the conductor has just made it, or has died over it and will never come back.
   * Plays `API._attempt_delete_of_buildrequest` and the rest of `API._delete_while_booting`.
   * @throws BuildRequestNotFound when the conductor is done by now, or somebody was faster
   */
  async cancel(uuid: string): Promise<void> {
    await inTransaction(this.db, async (transaction) => {
      await this.buildRequests.destroy(uuid, transaction);
      await removeArtifacts(transaction, [uuid]);
      await this.instances.destroyIfThere(uuid, transaction);
    });
  }
}

async function removeArtifacts(db: Kysely<NovaSchema>, uuids: string[]): Promise<void> {
  for (const table of ['instance_mappings', 'build_requests', 'request_specs'] as const) {
    await db.deleteFrom(table).where('instance_uuid', 'in', uuids).execute();
  }
}
