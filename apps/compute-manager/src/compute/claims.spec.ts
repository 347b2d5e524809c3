import type { Flavor, Instance } from '@bootlab/nova';
import { newInstance } from '@bootlab/nova';
import { novaException } from '@bootlab/openstack';
import { Claim } from './claims';

const flavor = { id: 1, memory_mb: 512, root_gb: 1, ephemeral_gb: 0, vcpus: 1 } as Flavor;
const instance = newInstance({ uuid: 'u', display_name: 'x', flavor }) as Instance;
const used = { memory_mb: 1024, disk_gb: 10, vcpus: 2 };
const claim = (limits: object) => new Claim(instance, used, limits, () => undefined);

describe('Claim', () => {
  it('fits where nothing is limited, and just up to a limit', () => {
    expect(claim({}).usage).toEqual({ memory_mb: 512, disk_gb: 1, vcpus: 1 });
    expect(() => claim({ memory_mb: 1536, disk_gb: 11, vcpu: 3 })).not.toThrow();
  });

  it('says what is missing', () => {
    expect(() => claim({ memory_mb: 1535, disk_gb: 10 })).toThrow(novaException.ComputeResourcesUnavailable);
    expect(() => claim({ memory_mb: 1535, disk_gb: 10 })).toThrow(
      'Free memory 511 MB < requested 512 MB; Free disk 0 GB < requested 1 GB',
    );
  });
});
