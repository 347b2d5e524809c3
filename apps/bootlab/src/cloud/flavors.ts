import { ServiceClient } from '../http/service-client';
import { pick } from './pick';

/** Memory in MB, disks in GiB. */
export interface Flavor {
  id: string;
  name: string;
  vcpus: number;
  ram: number;
  disk: number;
  swap: number | '';
  'OS-FLV-EXT-DATA:ephemeral': number;
}

export async function flavors(options: { quiet?: boolean } = {}): Promise<Flavor[]> {
  const compute = new ServiceClient('compute-api');
  return (await compute.json<{ flavors: Flavor[] }>('/v2.1/flavors/detail', options)).flavors;
}

/** The id of the flavor that a name or an id stands for; leaves no trace. */
export async function flavorId(nameOrId: string): Promise<string> {
  return pick('flavor', nameOrId, await flavors({ quiet: true })).id;
}
