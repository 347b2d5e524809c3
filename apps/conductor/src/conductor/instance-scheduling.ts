import { Hop } from '@bootlab/hop';
import { Allocations, RequestSpec, Selection, setupInstanceGroup } from '@bootlab/nova';
import { Injectable } from '@nestjs/common';
import { resourcesOf, selectHosts } from './select-hosts';

/** Finds a host for every instance of a request. */
@Injectable()
export class InstanceScheduling {
  constructor(private readonly allocations: Allocations) {}

  /**
   * One host an instance, claimed for it.
   * @throws NoValidHost, with nothing claimed
   */
  @Hop('nova.conductor.manager.ComputeTaskManager._schedule_instances', {
    in: (spec: RequestSpec, uuids: string[]) => ({ 'instance.count': uuids.length, 'flavor.name': spec.flavor.name }),
    out: (selections: Selection[]) => ({ 'scheduler.hosts': selections.map(({ service_host }) => service_host) }),
    simulated: 'No scheduler and no placement yet: the conductor picks and claims the hosts itself.',
  })
  async scheduleInstances(spec: RequestSpec, uuids: string[]): Promise<Selection[]> {
    setupInstanceGroup(spec);
    const chosen = await this.allocations.claim(uuids, resourcesOf(spec), (hosts) =>
      selectHosts(spec, uuids.length, hosts),
    );
    return chosen.map(({ host, nodename }) => ({ service_host: host, nodename, limits: {} }));
  }
}
