import { Hop } from '@bootlab/hop';
import { BuildAndRunArgs, ImageMeta, Instance, RequestSpec } from '@bootlab/nova';
import { novaException, powerStates, RequestContext, taskStates, vmStates } from '@bootlab/openstack';
import { takenOver } from '@bootlab/rpc';
import { Injectable } from '@nestjs/common';
import { RemoteInstances } from '../conductor/remote-instances';
import { LibvirtDriver } from '../virt/libvirt/driver';
import { BuildResources } from './build-resources';
import { failureOutcome } from './failure-outcomes';
import { InstanceNotifications } from './notifications';
import { ResourceTracker } from './resource-tracker';

/** Builds one instance on this host. */
@Injectable()
export class BuildAndRun {
  constructor(
    private readonly notifications: InstanceNotifications,
    private readonly tracker: ResourceTracker,
    private readonly resources: BuildResources,
    private readonly driver: LibvirtDriver,
    private readonly instances: RemoteInstances,
  ) {}

  /**
   * From the claim to the running guest.
   * @throws BuildAbortException, RescheduledException, InstanceNotFound, UnexpectedDeletingTaskStateError; once the guest runs,
   * whatever goes wrong with telling so, and the guest stays
   */
  @Hop('nova.compute.manager.ComputeManager._build_and_run_instance', {
    in: (_: RequestContext, { instance, image }: BuildAndRunArgs) => ({
      'instance.uuid': instance.uuid,
      'image.id': image.id,
    }),
    out: (_: void, __: RequestContext, { instance }: BuildAndRunArgs) => ({
      'instance.vm_state': instance.vm_state ?? 'None',
    }),
  })
  async buildAndRunInstance(context: RequestContext, args: BuildAndRunArgs): Promise<void> {
    const { instance } = args;
    this.notifications.aboutCreate(instance, 'start');
    const system_metadata = { ...instance.system_metadata, boot_roles: context.roles.join(',') };
    this.checkDeviceTagging(args);
    try {
      await this.#spawn(context, args, system_metadata);
    } catch (error) {
      this.notifications.aboutCreate(instance, 'error', error as Error);
      throw failureOutcome(error as Error, instance.uuid);
    }
    await this.#saveActive(context, instance);
    this.notifications.aboutCreate(instance, 'end');
  }

  async #saveActive(context: RequestContext, instance: Instance): Promise<void> {
    const active = this.updateInstanceAfterSpawn(instance);
    try {
      await this.instances.save(context, instance, active, { task_state: [taskStates.SPAWNING] });
    } catch (error) {
      const { InstanceNotFound, UnexpectedDeletingTaskStateError } = novaException;
      if (error instanceof InstanceNotFound || error instanceof UnexpectedDeletingTaskStateError) {
        this.notifications.aboutCreate(instance, 'error', error);
      }
      throw error;
    }
  }

  async #spawn(context: RequestContext, args: BuildAndRunArgs, system_metadata: Record<string, string>): Promise<void> {
    const { instance } = args;
    const claim = await this.tracker.instanceClaim(context, instance, args.node, args.limits);
    // The row names this host now: after a restart it finds the instance without the message.
    takenOver();
    try {
      this.validateInstanceGroupPolicy(args.request_spec);
      const imageMeta = ImageMeta.fromDict(args.image);
      await this.resources.around(context, args, async (networkInfo) => {
        const spawning = { vm_state: vmStates.BUILDING, task_state: taskStates.SPAWNING, system_metadata };
        await this.instances.save(context, instance, spawning, { task_state: [taskStates.BLOCK_DEVICE_MAPPING] });
        await this.driver.spawn(context, instance, imageMeta, networkInfo);
      });
    } catch (error) {
      claim.abort();
      throw error;
    }
  }

  /** @throws BuildAbortException when a disk or a network card has a tag, which the guest would not get to see */
  @Hop('nova.compute.manager.ComputeManager._check_device_tagging', {
    in: ({ requested_networks, block_device_mapping }: BuildAndRunArgs) => ({
      'device.tags': [...requested_networks, ...block_device_mapping].flatMap(({ tag }) => tag ?? []),
    }),
  })
  private checkDeviceTagging({ instance, requested_networks, block_device_mapping }: BuildAndRunArgs): void {
    if ([...requested_networks, ...block_device_mapping].every(({ tag }) => tag === null)) return;
    const reason = 'Attempt to boot guest with tagged devices on host that does not support tagging.';
    throw new novaException.BuildAbortException({ instance_uuid: instance.uuid, reason });
  }

  /** @throws RescheduledException when the host would break the policy of the instance's server group */
  @Hop('nova.compute.manager.ComputeManager._validate_instance_group_policy', {
    in: ({ instance_group }: RequestSpec) => ({ 'server_group.id': instance_group ?? 'None' }),
  })
  private validateInstanceGroupPolicy({ instance_group, instance_uuid }: RequestSpec): void {
    if (instance_group === null) return;
    const reason = `the lab has no server groups, so nobody knows the policy of ${instance_group}`;
    throw new novaException.RescheduledException({ instance_uuid, reason });
  }

  /** The fields of an instance whose guest runs. */
  @Hop('nova.compute.manager.ComputeManager._update_instance_after_spawn', {
    in: ({ uuid }: Instance) => ({ 'instance.uuid': uuid }),
    out: (changes: Partial<Instance>) => ({ 'instance.power_state': changes.power_state ?? powerStates.NOSTATE }),
  })
  private updateInstanceAfterSpawn(instance: Instance): Partial<Instance> {
    return {
      power_state: this.driver.powerState(instance),
      vm_state: vmStates.ACTIVE,
      task_state: null,
      launched_at: new Date().toISOString(),
    };
  }
}
