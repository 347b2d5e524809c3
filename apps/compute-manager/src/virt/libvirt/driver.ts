import { Hop } from '@bootlab/hop';
import { ImageMeta, Instance } from '@bootlab/nova';
import { RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { rm } from 'node:fs/promises';
import type { NetworkInfoAsync } from '../../compute/networks';
import { Backend } from './backend';
import { getDiskInfo } from './blockinfo';
import { Guests } from './guests';
import { InstanceDisks } from './instance-disks';

/** Runs guests with libvirt: their disks are real, they themselves are simulated. Plays `nova.virt.libvirt.driver.LibvirtDriver`. */
@Injectable()
export class LibvirtDriver {
  constructor(
    private readonly disks: InstanceDisks,
    private readonly guests: Guests,
    private readonly backend: Backend,
  ) {}

  /** From the image to the running guest. @throws whatever stands in the way; the caller clears up */
  @Hop('nova.virt.libvirt.driver.LibvirtDriver.spawn', {
    in: (_: RequestContext, { uuid }: Instance, { id }: ImageMeta) => ({ 'instance.uuid': uuid, 'image.id': id }),
  })
  async spawn(
    context: RequestContext,
    instance: Instance,
    imageMeta: ImageMeta,
    networkInfo: NetworkInfoAsync,
  ): Promise<void> {
    const root = getDiskInfo(imageMeta);
    await this.disks.createImage(context, instance);
    this.guests.ensureConsoleLogForInstance(instance);
    await this.guests.getGuestXml(instance, root, networkInfo);
    this.guests.createDomainAndNetwork(instance);
    this.guests.waitForBoot(instance);
  }

  /** Ends the guest and removes its folder. What is not there need not be removed. */
  async destroy({ uuid }: Instance): Promise<void> {
    this.guests.destroy(uuid);
    await rm(this.backend.instanceFolder(uuid), { recursive: true, force: true });
  }

  /** One of nova's power states. */
  powerState({ uuid }: Instance): number {
    return this.guests.powerState(uuid);
  }
}
