import type { Instance } from '@bootlab/nova';
import { messagingException, RequestContext } from '@bootlab/openstack';
import { RpcClient } from '@bootlab/rpc';
import { ownTrace } from '@bootlab/tracing';
import { Injectable } from '@nestjs/common';
import { ComputeConf } from '../compute-conf';
import { RemoteInstances } from '../conductor/remote-instances';
import { ImageCache } from '../virt/libvirt/imagecache';
import { LeftFolders } from '../virt/libvirt/left-folders';
import { HostRegistration } from './host-registration';
import { InstanceInit } from './init-instance';

/** Gets the host ready for work. */
@Injectable()
export class HostInit {
  constructor(
    private readonly registration: HostRegistration,
    private readonly imageCache: ImageCache,
    private readonly folders: LeftFolders,
    private readonly instances: RemoteInstances,
    private readonly init: InstanceInit,
    private readonly conf: ComputeConf,
    private readonly rpc: RpcClient,
  ) {}

  /**
   * Registers the host and clears up after its last run; each of its instances is a trace. Plays `ComputeManager.init_host`.
   * @throws Error when no conductor answers in time
   */
  async initHost(): Promise<void> {
    const context = RequestContext.admin();
    await this.imageCache.removeLeftovers();
    try {
      await this.registration.register(context);
      const instances = await this.#instances(context);
      await this.folders.removeAllBut(instances);
      for (const instance of instances) {
        await ownTrace(() => this.init.initInstance(context, instance));
      }
    } catch (error) {
      if (!(error instanceof messagingException.MessagingException)) throw error;
      throw new Error(
        `Compute host ${this.conf.host} cannot work without a conductor: ${error.message} See \`bootlab status\`.`,
        { cause: error },
      );
    }
  }

  /** Builds on their way to this host come from the broker now; without one their messages are lost, and they are its instances. */
  async #instances(context: RequestContext): Promise<Instance[]> {
    const { host } = this.conf;
    const own = await this.instances.getByHost(context, host);
    return this.rpc.keepsCasts ? own : [...own, ...(await this.instances.getOnTheWay(context, host))];
  }
}
