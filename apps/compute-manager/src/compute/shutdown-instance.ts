import { Hop } from '@bootlab/hop';
import { Instance, notify } from '@bootlab/nova';
import { Injectable } from '@nestjs/common';
import { ComputeConf } from '../compute-conf';
import { LibvirtDriver } from '../virt/libvirt/driver';
import { Networks } from './networks';

/** Takes an instance off this host. */
@Injectable()
export class InstanceShutdown {
  constructor(
    private readonly driver: LibvirtDriver,
    private readonly networks: Networks,
    private readonly conf: ComputeConf,
  ) {}

  /** Destroys the guest and its files, and gives its network cards back. */
  @Hop('nova.compute.manager.ComputeManager._shutdown_instance', {
    in: ({ uuid }: Instance) => ({ 'instance.uuid': uuid }),
  })
  async shutdownInstance(instance: Instance): Promise<void> {
    this.#notify(instance, 'start');
    await this.driver.destroy(instance);
    await this.networks.deallocate(instance.uuid);
    this.#notify(instance, 'end');
  }

  #notify({ uuid }: Instance, phase: 'start' | 'end'): void {
    const { host } = this.conf;
    notify(`compute.${host}`, `compute.instance.shutdown.${phase}`, 'INFO', { 'instance.uuid': uuid });
    notify(`nova-compute:${host}`, `instance.shutdown.${phase}`, 'INFO', { 'instance.uuid': uuid });
  }
}
