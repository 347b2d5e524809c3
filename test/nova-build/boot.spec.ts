import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readDiskInfo } from '../../apps/compute-manager/src/virt/disk-info/read-disk-info';
import { getCacheFname } from '../../apps/compute-manager/src/virt/libvirt/imagecache';
import { NovaProcesses } from './nova-processes';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

describe('a boot through conductor and compute host', () => {
  const imageId = randomUUID();
  const bytes = randomBytes(2 * MIB + 17);
  let nova: NovaProcesses;

  beforeAll(async () => {
    nova = await NovaProcesses.start();
    nova.glance.images.set(imageId, { bytes });
    await nova.startHost('node1');
  });
  afterAll(() => nova.stop());

  const base = () => join(nova.folder('node1'), '_base');

  it('ends in an active instance on the host', async () => {
    const [uuid = ''] = await nova.boot();
    const instance = await nova.settled(uuid);
    expect(instance).toMatchObject({
      vm_state: 'active',
      task_state: null,
      power_state: 1,
      host: 'node1',
      node: 'node1',
      launched_on: 'node1',
      availability_zone: 'nova',
      root_device_name: '/dev/vda',
    });
    expect(instance.launched_at).toMatch(/^\d{4}-.*Z$/);
    expect(await nova.blockDevices(uuid)).toMatchObject([{ source_type: 'image', boot_index: 0 }]);
  });

  it('keeps the image once, and gives each instance a disk of its flavor on top of it', async () => {
    const [uuid = ''] = await nova.boot({ flavor: 'm1.medium' });
    await nova.settled(uuid);
    const cached = join(base(), getCacheFname(imageId));
    expect(readdirSync(base())).toEqual([getCacheFname(imageId)]);
    expect(readFileSync(cached).equals(bytes)).toBe(true);
    expect(nova.glance.downloads).toEqual([imageId]);
    const folder = join(nova.folder('node1'), uuid);
    expect(readdirSync(folder).sort()).toEqual(['console.log', 'disk', 'libvirt.xml']);
    const disk = { fileFormat: 'qcow2', virtualSize: 40 * GIB, backingFile: cached };
    expect(readDiskInfo(join(folder, 'disk'))).toEqual(disk);
    expect(readFileSync(join(folder, 'libvirt.xml'), 'utf8')).toContain(`<source file="${folder}/disk"/>`);
  });

  it('marks the cached image as used', async () => {
    const cached = join(base(), getCacheFname(imageId));
    const before = statSync(cached).mtimeMs;
    const [uuid = ''] = await nova.boot();
    await nova.settled(uuid);
    expect(statSync(cached).mtimeMs).toBeGreaterThan(before);
  });

  it('writes the history, and leaves nothing of the build request', async () => {
    const [uuid = ''] = await nova.boot();
    await nova.settled(uuid);
    const history = () =>
      nova.db
        .selectFrom('instance_actions')
        .innerJoin('instance_actions_events', 'instance_actions_events.action_id', 'instance_actions.id')
        .select(['action', 'event', 'result', 'host'])
        .where('instance_uuid', '=', uuid)
        .execute();
    let events = await history();
    while (events[0]?.result === null) events = await history();
    const event = 'compute__do_build_and_run_instance';
    expect(events).toEqual([{ action: 'create', event, result: 'Success', host: 'node1' }]);
    expect(await nova.db.selectFrom('build_requests').selectAll().execute()).toEqual([]);
    expect(
      await nova.db.selectFrom('instance_mappings').select('cell').where('instance_uuid', '=', uuid).execute(),
    ).toEqual([{ cell: 'cell1' }]);
    expect(await nova.db.selectFrom('tags').selectAll().where('resource_id', '=', uuid).execute()).toEqual([
      { resource_id: uuid, tag: 'blue' },
    ]);
  });

  it('downloads an image once, however many boots want it at once', async () => {
    const id = randomUUID();
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    nova.glance.images.set(id, { bytes, before: () => released });
    nova.glance.downloads.length = 0;
    const uuids = (await Promise.all(Array.from({ length: 5 }, () => nova.boot({ imageId: id })))).flat();
    await Promise.all(uuids.map((uuid) => nova.until(uuid, ({ task_state }) => task_state === 'spawning')));
    release();
    const ended = await Promise.all(uuids.map((uuid) => nova.settled(uuid)));
    expect(ended.map(({ vm_state }) => vm_state)).toEqual(Array(5).fill('active'));
    expect(nova.glance.downloads).toEqual([id]);
  });

  it('takes an instance off the host with all it had', async () => {
    const [uuid = ''] = await nova.boot();
    await nova.settled(uuid);
    const allocated = await nova.allocated();
    await nova.terminate(uuid);
    await nova.deleted(uuid);
    expect(readdirSync(nova.folder('node1'))).not.toContain(uuid);
    expect(await nova.allocated()).toBe(allocated - 1);
    expect(await nova.blockDevices(uuid)).toEqual([]);
  });

  it('lets a deletion that comes in mid-build win', async () => {
    const id = randomUUID();
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    nova.glance.images.set(id, { bytes, before: () => released });
    const [uuid = ''] = await nova.boot({ imageId: id });
    await nova.until(uuid, ({ task_state }) => task_state === 'spawning');
    await nova.terminate(uuid);
    release();
    await nova.deleted(uuid);
    expect(readdirSync(nova.folder('node1'))).not.toContain(uuid);
    expect((await nova.faults([uuid])).size).toBe(0);
  });
});

describe('max_concurrent_builds', () => {
  const imageId = randomUUID();

  /** How many of four boots get as far as the image before any of them is let through. */
  async function atOnce(limit: number): Promise<number> {
    const nova = await NovaProcesses.start({ BOOTLAB_NOVA__DEFAULT__MAX_CONCURRENT_BUILDS: String(limit) });
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    nova.glance.images.set(imageId, { bytes: Buffer.from('image'), before: () => released });
    await nova.startHost('node1');
    const uuids = (await Promise.all(Array.from({ length: 4 }, () => nova.boot()))).flat();
    const spawning = async () => {
      const all = await Promise.all(uuids.map((uuid) => nova.until(uuid, () => true)));
      return all.filter(({ task_state }) => task_state === 'spawning').length;
    };
    const expected = limit === 0 ? 4 : limit;
    while ((await spawning()) < expected);
    const counted = await spawning();
    release();
    for (const uuid of uuids) expect((await nova.settled(uuid)).vm_state).toBe('active');
    await nova.stop();
    return counted;
  }

  it.each([
    [2, 2],
    [0, 4],
  ])('of %d lets %d builds run at a time', async (limit, running) => {
    expect(await atOnce(limit)).toBe(running);
  });
});
