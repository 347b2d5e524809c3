import { openDatabase } from '@bootlab/database';
import { SERVICE_VERSION } from '@bootlab/nova';
import { randomUUID } from 'node:crypto';
import { databases, OwnDatabase } from '../../../../test/support/databases';
import { novaMigrations } from '../db/migrations';
import type { NovaDatabase } from '../db/open';
import type { NovaSchema } from '../db/schema';
import { Allocations, HostState } from './allocations';
import { ComputeNodes } from './compute-nodes';
import { Services } from './services';

const SIZE = { vcpus: 1, memory_mb: 512, disk_gb: 1 };

describe.each(databases())('a claim in $name', ({ create }) => {
  let own: OwnDatabase;
  let db: NovaDatabase;
  let allocations: Allocations;

  beforeAll(async () => {
    own = await create();
    db = await openDatabase<NovaSchema>(own.url, { migrations: novaMigrations });
    allocations = new Allocations(db);
    for (const host of ['one', 'two']) {
      const report = { host, binary: 'nova-compute', topic: 'compute', version: SERVICE_VERSION };
      const { id: service_id } = await new Services(db).report(report);
      await new ComputeNodes(db).report({
        uuid: randomUUID(),
        service_id,
        host,
        hypervisor_hostname: host,
        hypervisor_type: 'QEMU',
        vcpus: 8,
        memory_mb: 4096,
        local_gb: 100,
        reserved_memory_mb: 0,
        cpu_allocation_ratio: 1,
        ram_allocation_ratio: 1,
        disk_allocation_ratio: 1,
      });
    }
  });
  afterAll(async () => {
    await db.destroy();
    await own.drop();
  });

  const claim = (uuid: string, first: string) =>
    allocations.claim([uuid], SIZE, (hosts) => [hosts.toSorted((a) => (a.host === first ? -1 : 1))]);
  const names = (chosen: HostState[][]) => chosen.map((hosts) => hosts.map(({ host }) => host));
  const free = async (name: string) => (await allocations.hostStates()).find(({ host }) => host === name)?.free;

  it('takes from the host that is picked first', async () => {
    const uuid = randomUUID();
    expect(names(await claim(uuid, 'one'))).toEqual([['one', 'two']]);
    expect(await free('one')).toEqual({ vcpus: 7, memory_mb: 3584, disk_gb: 99 });
    await allocations.delete(uuid);
    expect(await free('one')).toEqual({ vcpus: 8, memory_mb: 4096, disk_gb: 100 });
  });

  it('keeps its host when the request comes again, and takes nothing twice', async () => {
    const uuid = randomUUID();
    await claim(uuid, 'one');
    expect(names(await claim(uuid, 'two'))).toEqual([['one', 'two']]);
    expect(await free('one')).toEqual({ vcpus: 7, memory_mb: 3584, disk_gb: 99 });
    expect(await free('two')).toEqual({ vcpus: 8, memory_mb: 4096, disk_gb: 100 });
  });

  it('stays as it was when no host can be picked', async () => {
    const uuid = randomUUID();
    await claim(uuid, 'two');
    const nothing = () => {
      throw new Error('none');
    };
    await expect(allocations.claim([uuid], SIZE, nothing)).rejects.toThrow('none');
    expect(await free('two')).toEqual({ vcpus: 7, memory_mb: 3584, disk_gb: 99 });
  });
});
