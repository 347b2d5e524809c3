import type { BuildRequest } from '@bootlab/nova';
import { BuildRequests, InstanceFaults, InstanceMappings, Instances } from '@bootlab/nova-db';
import { novaException, RequestContext, vmStates } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { Server, serverOfBuildRequest } from './server';

/** Finds one server, wherever it is kept. Plays `API.get` and `API._get_instance`. */
@Injectable()
export class ServerLookup {
  constructor(
    private readonly mappings: InstanceMappings,
    private readonly buildRequests: BuildRequests,
    private readonly instances: Instances,
    private readonly faults: InstanceFaults,
  ) {}

  /** @throws InstanceNotFound also for a server of another project, unless an administrator asks */
  async get(context: RequestContext, uuid: string): Promise<Server> {
    const mapping = await this.mappings.getByInstanceUuid(uuid);
    const foreign = !context.isAdmin && mapping?.project_id !== (context.projectId ?? null);
    if (!mapping || foreign) throw new novaException.InstanceNotFound({ instance_id: uuid });
    const buildRequest = mapping.cell === null ? await this.#buildRequest(uuid) : undefined;
    if (buildRequest) return serverOfBuildRequest(buildRequest);
    const instance = await this.instances.getByUuid(uuid);
    // Nobody is shown the fault of a server that is not in state error.
    if (instance.vm_state !== vmStates.ERROR) return { instance };
    const faults = await this.faults.getLatestForInstances([uuid]);
    return { instance, fault: faults.get(uuid) };
  }

  /** Undefined when the conductor has made the instance's row in the meantime. */
  async #buildRequest(uuid: string): Promise<BuildRequest | undefined> {
    try {
      return await this.buildRequests.getByInstanceUuid(uuid);
    } catch (error) {
      if (error instanceof novaException.BuildRequestNotFound) return undefined;
      throw error;
    }
  }
}
