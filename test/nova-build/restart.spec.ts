import { newInstance } from '@bootlab/nova';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NovaProcesses } from './nova-processes';

describe('a start after a crash', () => {
  let nova: NovaProcesses;

  beforeEach(async () => {
    nova = await NovaProcesses.start();
  });
  afterEach(() => nova.stop());

  async function instanceIn(vm_state: string, task_state: string | null, host: string | null): Promise<string> {
    const uuid = randomUUID();
    const flavor = await nova.flavor('m1.tiny');
    await nova.instances.create(newInstance({ uuid, flavor, display_name: 'x', vm_state, task_state, host }));
    await nova.db
      .insertInto('allocations')
      .values({ consumer_uuid: uuid, host: 'node1', vcpus: 1, memory_mb: 512, disk_gb: 1 })
      .execute();
    mkdirSync(join(nova.folder('node1'), uuid), { recursive: true });
    return uuid;
  }

  it.each([
    ['scheduling', null],
    [null, 'node1'],
    ['networking', 'node1'],
    ['block_device_mapping', 'node1'],
    ['spawning', 'node1'],
  ])('gives up a build that had come to %s', async (task_state, host) => {
    const uuid = await instanceIn('building', task_state, host);
    await nova.startHost('node1');
    const error = { vm_state: 'error', task_state: null, host: null };
    expect(await nova.instances.getByUuid(uuid)).toMatchObject(error);
    expect(await nova.fault(uuid)).toMatchObject({
      code: 500,
      message: expect.stringContaining('the compute host stopped while it was building'),
    });
    expect(await nova.allocated()).toBe(0);
    expect(readdirSync(nova.folder('node1'))).toEqual(['_base']);
  });

  it('carries out a deletion, and leaves what is well alone', async () => {
    const deleting = await instanceIn('active', 'deleting', 'node1');
    const active = await instanceIn('active', null, 'node1');
    await nova.startHost('node1');
    await expect(nova.instances.getByUuid(deleting)).rejects.toThrow('could not be found');
    expect(await nova.instances.getByUuid(active)).toMatchObject({ vm_state: 'active', task_state: null });
    expect(readdirSync(nova.folder('node1')).sort()).toEqual(['_base', active].sort());
  });

  it('clears the cache of what was half-done', async () => {
    const base = join(nova.folder('node1'), '_base');
    mkdirSync(base, { recursive: true });
    for (const name of ['a.part', 'b.converted', 'c']) writeFileSync(join(base, name), name);
    await nova.startHost('node1');
    expect(readdirSync(base)).toEqual(['c']);
  });

  it('removes what is left of instances that were deleted meanwhile, and nothing else', async () => {
    const gone = await instanceIn('active', null, 'node1');
    const there = await instanceIn('active', null, 'node1');
    await nova.instances.destroy(gone);
    mkdirSync(join(nova.folder('node1'), 'compute2', gone), { recursive: true });
    await nova.startHost('node1');
    expect(readdirSync(nova.folder('node1')).sort()).toEqual(['_base', 'compute2', there].sort());
    expect(readdirSync(join(nova.folder('node1'), 'compute2'))).toEqual([gone]);
  });

  it('knows a host again', async () => {
    await nova.startHost('node1');
    await nova.stopHost('node1');
    await nova.startHost('node1');
    expect(await nova.hostStates()).toHaveLength(1);
    const reports = nova.db.selectFrom('services').select(['host', 'report_count']);
    const services = await reports.where('binary', '=', 'nova-compute').execute();
    expect(services).toEqual([{ host: 'node1', report_count: 2 }]);
  });
});

describe('a conductor that starts again', () => {
  it('gives back what requests had claimed that nobody follows up', async () => {
    const nova = await NovaProcesses.start();
    await nova.startHost('node1');
    nova.glance.images.set(randomUUID(), { bytes: Buffer.from('image') });
    const [uuid = ''] = await nova.boot();
    await nova.settled(uuid);
    await nova.quiet();
    const orphan = { consumer_uuid: randomUUID(), host: 'node1', vcpus: 1, memory_mb: 512, disk_gb: 1 };
    await nova.db.insertInto('allocations').values(orphan).execute();
    await nova.stopConductor();
    await nova.startConductor();
    const left = await nova.db.selectFrom('allocations').select('consumer_uuid').execute();
    expect(left).toEqual([{ consumer_uuid: uuid }]);
    await nova.stop();
  });
});

describe('a conductor that is away for a while', () => {
  it('is waited for in mid-build', async () => {
    const nova = await NovaProcesses.start();
    await nova.startHost('node1');
    const imageId = randomUUID();
    let asked: () => void = () => undefined;
    let release: () => void = () => undefined;
    const downloading = new Promise<void>((resolve) => (asked = resolve));
    const released = new Promise<void>((resolve) => (release = resolve));
    const before = () => {
      asked();
      return released;
    };
    nova.glance.images.set(imageId, { bytes: Buffer.from('image'), before });
    const [uuid = ''] = await nova.boot({ imageId });
    await downloading;
    await nova.stopConductor();
    release();
    await nova.startConductor();
    expect((await nova.settled(uuid)).vm_state).toBe('active');
    await nova.stop();
  });

  it('ends the start of a host that waits for it in vain', async () => {
    const nova = await NovaProcesses.start();
    await nova.stopConductor();
    process.env['BOOTLAB_NOVA__DEFAULT__RPC_RESPONSE_TIMEOUT'] = '0';
    await expect(nova.startHost('node1')).rejects.toThrow(
      /^Compute host node1 cannot work without a conductor: No connection to conductor/,
    );
    await nova.stop();
  });
});
