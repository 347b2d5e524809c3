import { Hop } from '@bootlab/hop';
import type { Instance, Limits } from '@bootlab/nova';
import type { RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { Mutex } from 'async-mutex';
import { ComputeConf } from '../compute-conf';
import { RemoteInstances } from '../conductor/remote-instances';
import { Claim, Usage, usageOf } from './claims';

/** Knows what the instances of this host use. Plays `nova.compute.resource_tracker.ResourceTracker`. */
@Injectable()
export class ResourceTracker {
  readonly #tracked = new Map<string, Usage>();
  readonly #computeResources = new Mutex();

  constructor(
    private readonly instances: RemoteInstances,
    private readonly conf: ComputeConf,
  ) {}

  /** What all instances use together. */
  get used(): Usage {
    const sum: Usage = { memory_mb: 0, disk_gb: 0, vcpus: 0 };
    for (const { memory_mb, disk_gb, vcpus } of this.#tracked.values()) {
      sum.memory_mb += memory_mb;
      sum.disk_gb += disk_gb;
      sum.vcpus += vcpus;
    }
    return sum;
  }

  /**
   * Takes the instance's share of the host for it, and puts host and node into the instance.
   * @throws ComputeResourcesUnavailable when the limits do not allow it
   */
  @Hop('nova.compute.resource_tracker.ResourceTracker.instance_claim', {
    in: (_: RequestContext, instance: Instance, node: string) => ({
      'instance.uuid': instance.uuid,
      'instance.node': node,
    }),
  })
  async instanceClaim(context: RequestContext, instance: Instance, node: string, limits: Limits): Promise<Claim> {
    return this.#computeResources.runExclusive(async () => {
      const claim = new Claim(instance, this.used, limits, () => this.abortInstanceClaim(instance));
      await this.setInstanceHostAndNode(context, instance, node);
      this.updateUsageFromInstance(instance);
      return claim;
    });
  }

  /** The instance is on this host already. */
  @Hop('nova.compute.resource_tracker.ResourceTracker._update_usage_from_instance')
  updateUsageFromInstance(instance: Instance): void {
    this.#tracked.set(instance.uuid, usageOf(instance));
  }

  /** Forgets an instance that has left this host. */
  release({ uuid }: Instance): void {
    this.#tracked.delete(uuid);
  }

  @Hop('nova.compute.resource_tracker.ResourceTracker.abort_instance_claim', {
    in: ({ uuid }: Instance) => ({ 'instance.uuid': uuid }),
  })
  private abortInstanceClaim(instance: Instance): void {
    this.release(instance);
  }

  @Hop('nova.compute.resource_tracker.ResourceTracker._set_instance_host_and_node')
  private async setInstanceHostAndNode(context: RequestContext, instance: Instance, node: string): Promise<void> {
    const { host } = this.conf;
    await this.instances.save(context, instance, { host, launched_on: host, node });
  }
}
