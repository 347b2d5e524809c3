import { hop } from '@bootlab/hop';
import type { Flavor } from '@bootlab/nova';
import { novaException } from '@bootlab/openstack';
import type { InstanceCounts, Quotas } from '../objects/quotas';

const resources = ['instances', 'cores', 'ram'] as const;
type Resource = (typeof resources)[number];

function needs({ vcpus, memory_mb }: Flavor, instances: number): InstanceCounts {
  return { instances, cores: instances * vcpus, ram: instances * memory_mb };
}

function tooMany(overs: Resource[], asked: InstanceCounts, used: InstanceCounts, limits: InstanceCounts): Error {
  const join = (counts: InstanceCounts) => overs.map((resource) => counts[resource]).join(', ');
  return new novaException.TooManyInstances({
    overs: overs.join(', '),
    req: join(asked),
    used: join(used),
    allowed: join(limits),
  });
}

/** How many instances of the flavor still fit, at most `wanted`. */
function headroom(flavor: Flavor, wanted: number, used: InstanceCounts, limits: InstanceCounts): number {
  const one = needs(flavor, 1);
  const fits = resources.map((resource) =>
    limits[resource] < 0 || one[resource] === 0
      ? wanted
      : Math.floor((limits[resource] - used[resource]) / one[resource]),
  );
  return Math.max(0, Math.min(wanted, ...fits));
}

/**
 * How many of `maxCount` instances the project's quota lets it boot, at least `minCount`. With both 0 it checks the rows
 * that exist already, of which `requested` were made by the request.
 * @throws TooManyInstances
 */
export const checkNumInstancesQuota = hop(
  'nova.compute.utils.check_num_instances_quota',
  async function checkNumInstancesQuota(
    quotas: Quotas,
    flavor: Flavor,
    projectId: string | null,
    minCount: number,
    maxCount: number,
    requested: number = maxCount,
  ): Promise<number> {
    const { limits } = quotas;
    if (resources.every((resource) => limits[resource] < 0)) return maxCount;
    const used = await quotas.count(projectId);
    const wanted = needs(flavor, maxCount);
    const overs = resources.filter(
      (resource) => limits[resource] >= 0 && used[resource] + wanted[resource] > limits[resource],
    );
    if (overs.length === 0) return maxCount;
    const allowed = headroom(flavor, maxCount, used, limits);
    if (allowed > 0 && allowed >= minCount) return allowed;
    throw tooMany(overs, needs(flavor, requested), used, limits);
  },
  {
    in: (...[, flavor, , minCount, maxCount]) => ({
      'flavor.name': flavor.name,
      'quota.min_count': minCount,
      'quota.max_count': maxCount,
    }),
    out: (allowed) => ({ 'quota.allowed': allowed }),
  },
);
