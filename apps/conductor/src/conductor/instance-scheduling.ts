import { Hop } from '@bootlab/hop';
import type { RequestSpec, Selection } from '@bootlab/nova';
import { Allocations, HostState } from '@bootlab/nova-db';
import { novaException } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { setupInstanceGroup } from '../scheduler/utils';
import { ConductorConf } from './conductor-conf';
import { resourcesOf, selectHosts } from './select-hosts';

function selectionOf({ host, nodename }: HostState): Selection {
  return { service_host: host, nodename, limits: {} };
}

/** Finds a host for every instance of a request. */
@Injectable()
export class InstanceScheduling {
  constructor(
    private readonly allocations: Allocations,
    private readonly conf: ConductorConf,
  ) {}

  /**
   * For each instance one host, claimed for it, and after it the alternates to try when that one fails.
   * @throws NoValidHost, with nothing claimed
   */
  @Hop('nova.conductor.manager.ComputeTaskManager._schedule_instances', {
    in: (spec: RequestSpec, uuids: string[]) => ({ 'instance.count': uuids.length, 'flavor.name': spec.flavor.name }),
    out: (lists: Selection[][]) => ({
      'scheduler.hosts': lists.map(([chosen]) => chosen?.service_host ?? ''),
      'scheduler.alternates': lists.map(([, ...others]) => others.map(({ service_host }) => service_host).join(',')),
    }),
    simulated: 'No scheduler and no placement yet: the conductor picks and claims the hosts itself.',
  })
  async scheduleInstances(spec: RequestSpec, uuids: string[]): Promise<Selection[][]> {
    setupInstanceGroup(spec);
    const { maxAttempts, serviceDownTime } = this.conf;
    const limits = { alternates: maxAttempts - 1, serviceDownTime };
    const chosen = await this.allocations.claim(uuids, resourcesOf(spec), (hosts) =>
      selectHosts(spec, uuids.length, hosts, limits),
    );
    return chosen.map((hosts) => hosts.map(selectionOf));
  }

  /**
   * Claims the first of the alternates that is up and still has room, and takes it and those before it off the list.
   * @returns undefined when there is none; the list is empty then
   */
  async claimAlternate(spec: RequestSpec, uuid: string, alternates: Selection[]): Promise<Selection | undefined> {
    for (let next = alternates.shift(); next !== undefined; next = alternates.shift()) {
      if (await this.#claimed({ ...spec, force_hosts: [next.service_host] }, uuid)) return next;
    }
    return undefined;
  }

  async #claimed(spec: RequestSpec, uuid: string): Promise<boolean> {
    const limits = { alternates: 0, serviceDownTime: this.conf.serviceDownTime };
    try {
      await this.allocations.claim([uuid], resourcesOf(spec), (hosts) => selectHosts(spec, 1, hosts, limits));
      return true;
    } catch (error) {
      if (error instanceof novaException.NoValidHost) return false;
      throw error;
    }
  }
}
