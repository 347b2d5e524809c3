import type { BuildRequest, Instance } from '@bootlab/nova';
import { Allocations, BuildRequests, checkNumInstancesQuota, Instances, Quotas } from '@bootlab/nova-db';
import { novaException } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { ConductorConf } from './conductor-conf';
import { FailedBuilds } from './failed-builds';
import { AVAILABILITY_ZONE } from './select-hosts';

/** Turns build requests into instances. */
@Injectable()
export class InstanceCreation {
  constructor(
    private readonly buildRequests: BuildRequests,
    private readonly instances: Instances,
    private readonly allocations: Allocations,
    private readonly quotas: Quotas,
    private readonly failedBuilds: FailedBuilds,
    private readonly conf: ConductorConf,
  ) {}

  /**
   * A row for each build request, by instance uuid; those whose user has deleted the server meanwhile are left out.
   * @throws TooManyInstances when the project is over its quota now that the rows are there; then all are in state error
   */
  async create(buildRequests: BuildRequest[]): Promise<Map<string, Instance>> {
    const present = await this.buildRequests.present(buildRequests.map(({ instance_uuid }) => instance_uuid));
    const created = new Map<string, Instance>();
    for (const { instance_uuid, instance } of buildRequests) {
      if (present.has(instance_uuid)) {
        created.set(instance_uuid, await this.#create(instance));
      } else if (!(await this.#isThere(instance_uuid))) {
        await this.allocations.delete(instance_uuid);
      }
    }
    if (this.conf.recheckQuota) await this.#recheckQuota([...created.values()], buildRequests.length);
    return created;
  }

  /** Whether a conductor that died over this message has handed the instance over before. */
  async #isThere(uuid: string): Promise<boolean> {
    try {
      await this.instances.getByUuid(uuid);
      return true;
    } catch (error) {
      if (error instanceof novaException.InstanceNotFound) return false;
      throw error;
    }
  }

  /** A conductor that died over this message may have made the row already. */
  async #create(instance: BuildRequest['instance']): Promise<Instance> {
    try {
      return await this.instances.create({ ...instance, availability_zone: AVAILABILITY_ZONE });
    } catch (error) {
      return await this.instances.getByUuid(instance.uuid).catch(() => Promise.reject(error as Error));
    }
  }

  async #recheckQuota(instances: Instance[], requested: number): Promise<void> {
    const [first] = instances;
    if (!first) return;
    try {
      await checkNumInstancesQuota(this.quotas, first.flavor, first.project_id, 0, 0, requested);
    } catch (error) {
      if (error instanceof novaException.TooManyInstances) {
        await this.failedBuilds.cleanupBuildArtifacts(
          error,
          instances.map(({ uuid }) => uuid),
        );
      }
      throw error;
    }
  }
}
