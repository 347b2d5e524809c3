import { Hop } from '@bootlab/hop';
import { Instance } from '@bootlab/nova';
import { powerStates } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NetworkInfoAsync } from '../../compute/networks';
import { ComputeConf } from '../../compute-conf';
import { Backend } from './backend';
import type { DiskMapping } from './blockinfo';
import { guestXml } from './guest-xml';

const SIMULATED = 'No hypervisor runs: the guest is described and counted as running.';

/** The guests of this host, as far as the lab has any. */
@Injectable()
export class Guests {
  readonly #running = new Set<string>();

  constructor(
    private readonly backend: Backend,
    private readonly conf: ComputeConf,
  ) {}

  powerState(uuid: string): number {
    return this.#running.has(uuid) ? powerStates.RUNNING : powerStates.NOSTATE;
  }

  destroy(uuid: string): void {
    this.#running.delete(uuid);
  }

  /** The file that takes what the guest prints. */
  @Hop('nova.virt.libvirt.driver.LibvirtDriver._ensure_console_log_for_instance')
  ensureConsoleLogForInstance({ uuid }: Instance): void {
    appendFileSync(join(this.backend.instanceFolder(uuid), 'console.log'), '');
  }

  /** Describes the guest for libvirt, in `libvirt.xml` too. From here on its network cards must be there. */
  @Hop('nova.virt.libvirt.driver.LibvirtDriver._get_guest_xml', {
    in: ({ uuid }: Instance) => ({ 'instance.uuid': uuid }),
    out: (xml: string) => ({ 'guest.xml_length': xml.length }),
    simulated: SIMULATED,
  })
  async getGuestXml(instance: Instance, root: DiskMapping, networkInfo: NetworkInfoAsync): Promise<string> {
    const folder = this.backend.instanceFolder(instance.uuid);
    const diskFormat = this.conf.useCowImages ? 'qcow2' : 'raw';
    const xml = guestXml(instance, { folder, root, diskFormat, cards: await networkInfo.wait() });
    writeFileSync(join(folder, 'libvirt.xml'), xml);
    return xml;
  }

  @Hop('nova.virt.libvirt.driver.LibvirtDriver._create_domain_and_network', {
    in: ({ uuid }: Instance) => ({ 'instance.uuid': uuid }),
    simulated: SIMULATED,
  })
  createDomainAndNetwork(instance: Instance): void {
    this.createDomain(instance);
  }

  @Hop('nova.virt.libvirt.driver.LibvirtDriver._create_domain', {
    in: ({ uuid }: Instance) => ({ 'instance.uuid': uuid }),
    simulated: SIMULATED,
  })
  private createDomain({ uuid }: Instance): void {
    this.#running.add(uuid);
  }

  @Hop('nova.virt.libvirt.driver.LibvirtDriver.spawn._wait_for_boot', {
    in: ({ uuid }: Instance) => ({ 'instance.uuid': uuid }),
    simulated: SIMULATED,
  })
  waitForBoot({ uuid }: Instance): void {
    if (!this.#running.has(uuid)) throw new Error(`The guest of instance ${uuid} does not run.`);
  }
}
