import { Hop } from '@bootlab/hop';
import type { Instance } from '@bootlab/nova';
import { Injectable } from '@nestjs/common';
import { LibvirtDriver } from '../virt/libvirt/driver';
import { Networks } from './networks';
import { InstanceNotifications } from './notifications';

/** Takes an instance off this host. */
@Injectable()
export class InstanceShutdown {
  constructor(
    private readonly driver: LibvirtDriver,
    private readonly networks: Networks,
    private readonly notifications: InstanceNotifications,
  ) {}

  /** Destroys the guest and its files, and gives its network cards back. */
  @Hop('nova.compute.manager.ComputeManager._shutdown_instance', {
    in: ({ uuid }: Instance) => ({ 'instance.uuid': uuid }),
  })
  async shutdownInstance(instance: Instance): Promise<void> {
    this.notifications.aboutAction(instance, 'shutdown', 'start');
    try {
      await this.driver.destroy(instance);
    } finally {
      await this.networks.deallocate(instance.uuid);
    }
    this.notifications.aboutAction(instance, 'shutdown', 'end');
  }
}
