import { Hop } from '@bootlab/hop';
import type { Instance, NetworkRequest } from '@bootlab/nova';
import { RequestContext, taskStates, vmStates } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { RemoteInstances } from '../conductor/remote-instances';
import { NetworkInfo, SimulatedNetwork } from './simulated-network';

/** Network cards on their way. Plays `nova.network.model.NetworkInfoAsyncWrapper`. */
export class NetworkInfoAsync {
  readonly #cards: Promise<NetworkInfo>;

  constructor(cards: Promise<NetworkInfo>) {
    this.#cards = cards;
    // Whoever needs the cards hears of a failure; until then nobody has to listen.
    cards.catch(() => undefined);
  }

  /** @throws what went wrong with the allocation */
  wait(): Promise<NetworkInfo> {
    return this.#cards;
  }

  /** Resolves once nobody is at work on them any more, whatever came of it. */
  async finished(): Promise<void> {
    await Promise.allSettled([this.#cards]);
  }
}

/** An instance's networks, from allocation to release. */
@Injectable()
export class Networks {
  constructor(
    private readonly instances: RemoteInstances,
    private readonly network: SimulatedNetwork,
  ) {}

  @Hop('nova.compute.manager.ComputeManager._build_networks_for_instance', {
    in: (_: RequestContext, { uuid }: Instance) => ({ 'instance.uuid': uuid }),
  })
  async buildNetworksForInstance(
    context: RequestContext,
    instance: Instance,
    requested: NetworkRequest[],
  ): Promise<NetworkInfoAsync> {
    return this.allocateNetwork(context, instance, requested);
  }

  /** Gives the cards back. */
  @Hop('nova.compute.manager.ComputeManager._cleanup_allocated_networks', {
    in: (uuid: string) => ({ 'instance.uuid': uuid }),
  })
  async cleanupAllocatedNetworks(instanceUuid: string): Promise<void> {
    await this.deallocate(instanceUuid);
  }

  async deallocate(instanceUuid: string): Promise<void> {
    await this.network.deallocateForInstance(instanceUuid);
  }

  /** Saves task_state networking, then leaves the allocation running. */
  @Hop('nova.compute.manager.ComputeManager._allocate_network', {
    in: (_: RequestContext, { uuid }: Instance) => ({ 'instance.uuid': uuid }),
  })
  private async allocateNetwork(
    context: RequestContext,
    instance: Instance,
    requested: NetworkRequest[],
  ): Promise<NetworkInfoAsync> {
    const networking = { vm_state: vmStates.BUILDING, task_state: taskStates.NETWORKING };
    await this.instances.save(context, instance, networking, { task_state: [null] });
    return new NetworkInfoAsync(this.allocateNetworkAsync(instance.uuid, requested));
  }

  @Hop('nova.compute.manager.ComputeManager._allocate_network_async', {
    in: (uuid: string, requested: NetworkRequest[]) => ({
      'instance.uuid': uuid,
      'network.requested': requested.map(({ network_id, port_id }) => network_id ?? port_id ?? 'auto'),
    }),
    out: (cards: NetworkInfo) => ({ 'network.cards': cards.length }),
    simulated: 'The lab has no neutron: the network cards are made up.',
  })
  private async allocateNetworkAsync(instanceUuid: string, requested: NetworkRequest[]): Promise<NetworkInfo> {
    return this.network.allocateForInstance(instanceUuid, requested);
  }
}
