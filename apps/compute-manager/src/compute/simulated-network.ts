import type { NetworkRequest } from '@bootlab/nova';
import { Injectable } from '@nestjs/common';
import { randomBytes, randomUUID } from 'node:crypto';

/** One network card of an instance. */
export interface Vif {
  id: string;
  network_id: string | null;
  address: string;
}

export type NetworkInfo = Vif[];

/** The address range of qemu and neutron: `fa:16:3e`, then three random bytes. */
function macAddress(): string {
  return ['fa', '16', '3e', ...[...randomBytes(3)].map((byte) => byte.toString(16).padStart(2, '0'))].join(':');
}

/** Stands for neutron: gives each instance a card for every network it asked for, one when it did not say, and none for `none`. */
@Injectable()
export class SimulatedNetwork {
  readonly #cards = new Map<string, NetworkInfo>();

  async allocateForInstance(instanceUuid: string, requested: NetworkRequest[]): Promise<NetworkInfo> {
    const networks = requested.length === 0 ? [null] : requested.map(({ network_id }) => network_id);
    const cards = networks
      .filter((network) => network !== 'none')
      .map((network_id) => ({ id: randomUUID(), network_id, address: macAddress() }));
    this.#cards.set(instanceUuid, cards);
    return cards;
  }

  async deallocateForInstance(instanceUuid: string): Promise<void> {
    this.#cards.delete(instanceUuid);
  }
}
