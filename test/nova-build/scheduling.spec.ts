import { BuildRequests } from '@bootlab/nova-db';
import { randomUUID } from 'node:crypto';
import { NovaProcesses } from './nova-processes';

const imageId = randomUUID();

async function start(env: Record<string, string> = {}): Promise<NovaProcesses> {
  const nova = await NovaProcesses.start(env);
  nova.glance.images.set(imageId, { bytes: Buffer.from('image') });
  return nova;
}

async function cells(nova: NovaProcesses): Promise<(string | null)[]> {
  const rows = await nova.db.selectFrom('instance_mappings').select('cell').execute();
  return rows.map(({ cell }) => cell);
}

describe('without any host', () => {
  it('buries the instance in cell0 with the reason, and starts no action', async () => {
    const nova = await start();
    const [uuid = ''] = await nova.boot();
    expect(await nova.settled(uuid)).toMatchObject({ vm_state: 'error', task_state: null, host: null });
    while ((await nova.db.selectFrom('build_requests').selectAll().execute()).length > 0);
    expect(await nova.fault(uuid)).toMatchObject({
      code: 500,
      message: expect.stringMatching(/^No valid host was found\. No compute host has registered/),
    });
    expect(await cells(nova)).toEqual(['cell0']);
    expect(await nova.db.selectFrom('instance_actions').selectAll().execute()).toEqual([]);
    await nova.stop();
  });
});

describe('with room for three small instances', () => {
  let nova: NovaProcesses;

  // Of 1536 MB the host keeps 512; the rest may be promised one and a half times.
  beforeEach(async () => {
    nova = await start({ BOOTLAB_NOVA__COMPUTE_HOST__MEMORY_MB: '1536' });
    await nova.startHost('node1');
  });
  afterEach(() => nova.stop());

  const states = (uuids: string[]) => Promise.all(uuids.map(async (uuid) => (await nova.settled(uuid)).vm_state));

  it('places three', async () => {
    expect(await states(await nova.boot({ count: 3 }))).toEqual(Array(3).fill('active'));
    expect((await nova.hostStates())[0]!.free.memory_mb).toBe(0);
  });

  it('places all or none', async () => {
    const uuids = await nova.boot({ count: 4 });
    expect(await states(uuids)).toEqual(Array(4).fill('error'));
    expect((await nova.fault(uuids[0]!)).message).toContain('not enough hosts available for 4 times 1 VCPU, 512 MB');
    expect(await nova.allocated()).toBe(0);
  });

  it('does not overfill the host when requests come at once', async () => {
    const uuids = (await Promise.all(Array.from({ length: 5 }, () => nova.boot()))).flat();
    expect((await states(uuids)).sort()).toEqual(['active', 'active', 'active', 'error', 'error']);
  });

  it('has the room again once an instance is gone', async () => {
    const [first = ''] = await nova.boot({ count: 3 });
    await nova.settled(first);
    await nova.quiet();
    await nova.terminate(first);
    await nova.deleted(first);
    expect(await states(await nova.boot())).toEqual(['active']);
  });

  it('prefers the host with most free memory, or the one that is named', async () => {
    await nova.startHost('node2');
    const hostOf = async ([uuid = '']: string[]) => (await nova.settled(uuid)).host;
    expect(await hostOf(await nova.boot())).toBe('node1');
    expect(await hostOf(await nova.boot())).toBe('node2');
    const named = await nova.boot({ change: ({ request_specs }) => (request_specs[0]!.force_hosts = ['node2']) });
    expect(await hostOf(named)).toBe('node2');
    const [unknown = ''] = await nova.boot({
      change: ({ request_specs }) => (request_specs[0]!.force_hosts = ['node3']),
    });
    await nova.settled(unknown);
    expect((await nova.fault(unknown)).message).toContain('No host has the name');
  });

  it('builds nothing for a user who has changed his mind', async () => {
    const [gone = ''] = await nova.boot({
      change: ({ build_requests }) => (build_requests[0]!.instance.display_name = 'gone'),
      prepared: ([uuid = '']) => new BuildRequests(nova.db).destroy(uuid),
    });
    const [next = ''] = await nova.boot();
    await nova.settled(next);
    await expect(nova.instances.getByUuid(gone)).rejects.toThrow('could not be found');
    expect(await nova.allocated()).toBe(1);
  });

  it('names the host that does not answer', async () => {
    await nova.stopHost('node1');
    const [uuid = ''] = await nova.boot();
    expect(await states([uuid])).toEqual(['error']);
    while ((await nova.allocated()) > 0);
    expect(await nova.fault(uuid)).toMatchObject({
      message: 'MessageDeliveryFailure',
      details: expect.stringContaining('compute.node1'),
    });
  });
});

describe('with a quota of two instances', () => {
  it('counts again once the rows are there', async () => {
    const nova = await start({ BOOTLAB_NOVA__QUOTA__INSTANCES: '2' });
    await nova.startHost('node1');
    const fine = await nova.boot({ count: 2 });
    for (const uuid of fine) expect((await nova.settled(uuid)).vm_state).toBe('active');
    const [over = ''] = await nova.boot();
    expect((await nova.settled(over)).vm_state).toBe('error');
    while ((await nova.allocated()) > 2);
    expect(await nova.fault(over)).toMatchObject({
      code: 403,
      message: expect.stringMatching(/^Quota exceeded for instances: Requested 1, but already used 3 of 2 instances/),
    });
    await nova.stop();
  });
});
