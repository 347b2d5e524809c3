import { openDatabase } from '@bootlab/database';
import { Flavor, newInstance, StateUpdates } from '@bootlab/nova';
import { novaException } from '@bootlab/openstack';
import { randomUUID } from 'node:crypto';
import { databases, OwnDatabase } from '../../../../test/support/databases';
import { novaMigrations } from '../db/migrations';
import type { NovaDatabase } from '../db/open';
import type { NovaSchema } from '../db/schema';
import { Flavors } from '../objects/flavors';
import { Instances } from '../objects/instances';
import { InstanceCounts, Quotas } from '../objects/quotas';
import { checkNumInstancesQuota } from './quota';

describe.each(databases())('checkNumInstancesQuota in $name', ({ create }) => {
  let own: OwnDatabase;
  let db: NovaDatabase;
  let flavor: Flavor;

  beforeAll(async () => {
    own = await create();
    db = await openDatabase<NovaSchema>(own.url, { migrations: novaMigrations });
    flavor = await new Flavors(db).getByFlavorId('3');
    const instances = new Instances(db, new StateUpdates());
    const one = (project_id: string | null) =>
      instances.create(newInstance({ uuid: randomUUID(), display_name: 'x', flavor, project_id }));
    await one('p');
    await instances.destroy((await one('p')).uuid);
    await one('other');
    await one(null);
  });
  afterAll(async () => {
    await db.destroy();
    await own.drop();
  });

  /** With one m1.medium there: 2 processors, 4096 MB. */
  function check(limits: Partial<InstanceCounts>, min: number, max: number, project: string | null = 'p') {
    const quotas = Object.assign(new Quotas(db), { limits: { instances: -1, cores: -1, ram: -1, ...limits } });
    return checkNumInstancesQuota(quotas, flavor, project, min, max);
  }

  it('lets as many through as there is room for, at least the fewest asked for', async () => {
    expect(await check({}, 1, 100)).toBe(100);
    expect(await check({ instances: 10 }, 1, 9)).toBe(9);
    expect(await check({ instances: 10 }, 1, 10)).toBe(9);
    expect(await check({ instances: 10, cores: 8 }, 2, 10)).toBe(3);
    expect(await check({ ram: 3 * 4096 + 1 }, 1, 5)).toBe(2);
    expect(await check({ instances: 2 }, 1, 1, null)).toBe(1);
  });

  it('says what is exceeded, by how much', async () => {
    const full = check({ instances: 1, cores: 3 }, 1, 2);
    await expect(full).rejects.toThrow(novaException.TooManyInstances);
    await expect(full).rejects.toThrow(
      'Quota exceeded for instances, cores: Requested 2, 4, but already used 1, 2 of 1, 3 instances, cores.',
    );
    await expect(check({ instances: 3 }, 3, 5)).rejects.toThrow('Requested 5, but already used 1 of 3');
  });

  it('checks what is there already', async () => {
    expect(await check({ instances: 1 }, 0, 0)).toBe(0);
    await expect(check({ instances: 0 }, 0, 0)).rejects.toThrow(novaException.TooManyInstances);
  });
});
