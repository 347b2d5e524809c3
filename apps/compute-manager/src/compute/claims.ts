import { Hop } from '@bootlab/hop';
import type { Instance, Limits } from '@bootlab/nova';
import { novaException } from '@bootlab/openstack';

/** What instances take of a host: memory in MB, disk in GiB. */
export interface Usage {
  memory_mb: number;
  disk_gb: number;
  vcpus: number;
}

export function usageOf({ memory_mb, root_gb, ephemeral_gb, vcpus }: Instance): Usage {
  return { memory_mb, disk_gb: root_gb + ephemeral_gb, vcpus };
}

/** Why it does not fit, or undefined. A missing limit limits nothing. */
function test(name: string, unit: string, used: number, asked: number, limit: number | undefined): string | undefined {
  if (limit === undefined || used + asked <= limit) return undefined;
  return `Free ${name} ${limit - used} ${unit} < requested ${asked} ${unit}`;
}

/** One instance's share of the host, tested when it is made. Plays `nova.compute.claims.Claim`. */
export class Claim {
  readonly usage: Usage;

  /**
   * @param used what the host's instances have already
   * @param abort gives the share back
   * @throws ComputeResourcesUnavailable
   */
  constructor(
    instance: Instance,
    used: Usage,
    limits: Limits,
    readonly abort: () => void,
  ) {
    this.usage = usageOf(instance);
    this.claimTest(used, limits);
  }

  @Hop('nova.compute.claims.Claim._claim_test', {
    in: (used: Usage, limits: Limits) => ({
      'host.memory_mb_used': used.memory_mb,
      'host.disk_gb_used': used.disk_gb,
      'host.vcpus_used': used.vcpus,
      'claim.limited': Object.keys(limits).length > 0,
    }),
  })
  private claimTest(used: Usage, limits: Limits): void {
    const reasons = [this.testMemory(used, limits), this.testDisk(used, limits), this.testVcpus(used, limits)];
    const failed = reasons.filter((reason) => reason !== undefined);
    if (failed.length > 0) throw new novaException.ComputeResourcesUnavailable({ reason: failed.join('; ') });
  }

  @Hop('nova.compute.claims.Claim._test_memory')
  private testMemory(used: Usage, { memory_mb }: Limits): string | undefined {
    return test('memory', 'MB', used.memory_mb, this.usage.memory_mb, memory_mb);
  }

  @Hop('nova.compute.claims.Claim._test_disk')
  private testDisk(used: Usage, { disk_gb }: Limits): string | undefined {
    return test('disk', 'GB', used.disk_gb, this.usage.disk_gb, disk_gb);
  }

  @Hop('nova.compute.claims.Claim._test_vcpus')
  private testVcpus(used: Usage, { vcpu }: Limits): string | undefined {
    return test('vcpu', 'VCPU', used.vcpus, this.usage.vcpus, vcpu);
  }
}
