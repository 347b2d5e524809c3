import { openDatabase } from '@bootlab/database';
import { ExpectedStates, Instance, newInstance, StateUpdates } from '@bootlab/nova';
import { novaException } from '@bootlab/openstack';
import { randomUUID } from 'node:crypto';
import { databases, OwnDatabase } from '../../../../test/support/databases';
import { Flavors } from '../objects/flavors';
import { Instances } from '../objects/instances';
import { novaMigrations } from './migrations';
import type { NovaDatabase } from './open';
import type { NovaSchema } from './schema';

describe.each(databases())('saving an instance in $name', ({ create }) => {
  let own: OwnDatabase;
  let db: NovaDatabase;
  let instances: Instances;

  beforeAll(async () => {
    own = await create();
    db = await openDatabase<NovaSchema>(own.url, { migrations: novaMigrations });
    instances = new Instances(db, new StateUpdates());
  });
  afterAll(async () => {
    await db.destroy();
    await own.drop();
  });

  async function instanceIn(states: Partial<Instance>): Promise<string> {
    const uuid = randomUUID();
    const flavor = await new Flavors(db).getByFlavorId('1');
    await instances.create(newInstance({ uuid, flavor, display_name: 'x', vm_state: 'building', ...states }));
    return uuid;
  }

  it.each<[string | null, ExpectedStates]>([
    ['scheduling', {}],
    ['scheduling', { task_state: ['scheduling', null] }],
    [null, { task_state: ['scheduling', null] }],
    [null, { task_state: [null] }],
    ['spawning', { vm_state: ['building'], task_state: ['spawning'] }],
  ])('goes from task state %s when %j is expected', async (task_state, expected) => {
    const uuid = await instanceIn({ task_state });
    const written = await instances.save(uuid, { task_state: 'networking' }, expected);
    expect(written).toEqual({ task_state: 'networking', updated_at: expect.any(String) });
    expect((await instances.getByUuid(uuid)).task_state).toBe('networking');
  });

  it.each<[string, Partial<Instance>, ExpectedStates, string]>([
    ['another task state', { task_state: 'spawning' }, { task_state: [null] }, 'UnexpectedTaskStateError'],
    ['no task state', { task_state: null }, { task_state: ['spawning'] }, 'UnexpectedTaskStateError'],
    ['a deletion', { task_state: 'deleting' }, { task_state: [null] }, 'UnexpectedDeletingTaskStateError'],
    ['another vm state', { task_state: null }, { vm_state: ['active'] }, 'UnexpectedVMStateError'],
  ])('is refused in %s, and changes nothing', async (_, states, expected, name) => {
    const uuid = await instanceIn(states);
    await expect(instances.save(uuid, { host: 'h' }, expected)).rejects.toMatchObject({ name });
    expect((await instances.getByUuid(uuid)).host).toBeNull();
  });

  it('lets one of several win', async () => {
    const uuid = await instanceIn({ task_state: null });
    const all = Array.from({ length: 5 }, (_, index) =>
      instances.save(uuid, { task_state: 'networking', host: `node${index}` }, { task_state: [null] }),
    );
    const results = await Promise.allSettled(all);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('finds no instance that was deleted', async () => {
    const uuid = await instanceIn({});
    await instances.destroy(uuid);
    await expect(instances.save(uuid, { host: 'h' })).rejects.toThrow(novaException.InstanceNotFound);
    await expect(instances.destroy(uuid)).rejects.toThrow(novaException.InstanceNotFound);
  });

  it('keeps structured fields', async () => {
    const uuid = await instanceIn({ metadata: { a: '1' }, auto_disk_config: true });
    await instances.save(uuid, { system_metadata: { boot_roles: 'admin' }, locked: true });
    expect(await instances.getByUuid(uuid)).toMatchObject({
      metadata: { a: '1' },
      system_metadata: { boot_roles: 'admin' },
      auto_disk_config: true,
      locked: true,
      flavor: { name: 'm1.tiny', is_public: true },
    });
  });
});
