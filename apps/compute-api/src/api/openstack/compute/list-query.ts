import { Flavors } from '@bootlab/nova-db';
import { novaException, RequestContext, statusFromState, vmStates } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import type { ServerFilters } from '../../../compute/list';
import { strictBoolean } from '../../../compute/text';
import { Policy, PolicyAction } from '../../../policies/policy';
import type { Query } from '../common';

/** Reads the filters of `GET /servers`. */
@Injectable()
export class ListQuery {
  constructor(
    private readonly flavors: Flavors,
    private readonly policy: Policy,
  ) {}

  /**
   * Undefined when no server can fit. Filters that this user may not use, and unknown ones, do not count.
   * @throws PolicyNotAuthorized when a user who is no administrator asks for all projects
   */
  async filters(context: RequestContext, query: Query, action: PolicyAction): Promise<ServerFilters | undefined> {
    const { name, status, image, flavor, host, reservation_id: reservationId } = query;
    const vmState = status === undefined ? undefined : vmStateOf(status);
    if (status !== undefined && vmState === undefined) return undefined;
    const flavorRow = flavor === undefined ? undefined : await this.#flavorRow(flavor);
    if (flavor !== undefined && flavorRow === undefined) return undefined;
    const projectId = this.#project(context, query, action);
    return {
      projectId,
      name,
      vmState,
      imageRef: image,
      flavor: flavorRow,
      host: context.isAdmin ? host : undefined,
      reservationId,
    };
  }

  /** An administrator without a project sees all projects. */
  #project(context: RequestContext, { all_tenants: all }: Query, action: PolicyAction): string | undefined {
    const wanted = all !== undefined && (all === '' || strictBoolean(all) === true);
    if (wanted) this.policy.enforce(context, action);
    return wanted ? undefined : context.projectId;
  }

  async #flavorRow(flavorId: string): Promise<number | undefined> {
    try {
      return (await this.flavors.getByFlavorId(flavorId)).id;
    } catch (error) {
      if (error instanceof novaException.FlavorNotFound) return undefined;
      throw error;
    }
  }
}

function vmStateOf(status: string): string | undefined {
  return Object.values(vmStates).find((state) => statusFromState(state) === status.toUpperCase());
}
