import { newInstance } from '@bootlab/nova';
import {
  Flavors,
  InstanceActions,
  Instances,
  NovaDatabase,
  NovaDatabaseModule,
  openNovaDatabase,
} from '@bootlab/nova-db';
import { messagingException, novaException, RequestContext } from '@bootlab/openstack';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Module } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConductorManager } from './manager';
import { RemotableMethods } from './remotable-methods';

@Module({})
class TestModule {}

describe('ConductorManager', () => {
  const context = new RequestContext({ projectId: 'p' });
  const home = mkdtempSync(join(tmpdir(), 'conductor-'));
  let db: NovaDatabase;
  let app: INestApplicationContext;
  let manager: ConductorManager;
  let instances: Instances;
  let uuid: string;

  beforeAll(async () => {
    process.env['BOOTLAB_HOME'] = home;
    db = await openNovaDatabase();
    app = await NestFactory.createApplicationContext(
      { module: TestModule, imports: [NovaDatabaseModule.over(db)], providers: [RemotableMethods, ConductorManager] },
      { logger: false },
    );
    manager = app.get(ConductorManager);
    instances = app.get(Instances);
  });
  afterAll(async () => {
    await app.close();
    rmSync(home, { recursive: true });
    delete process.env['BOOTLAB_HOME'];
  });
  beforeEach(async () => {
    uuid = randomUUID();
    const flavor = await app.get(Flavors).getByFlavorId('1');
    const states = { vm_state: 'building', task_state: 'scheduling' };
    await instances.create(newInstance({ uuid, flavor, display_name: 'x', ...states }));
  });

  function action(name: string, method: string, data: object, changes: string[] = [], kwargs: object = {}) {
    const objinst = { 'nova_object.name': name, 'nova_object.data': data, 'nova_object.changes': changes };
    return manager.objectAction(context, { objinst, objmethod: method, args: [], kwargs });
  }
  function classAction(objname: string, objmethod: string, kwargs: object) {
    return manager.objectClassActionVersions(context, { objname, objmethod, kwargs });
  }
  const save = (changes: object, kwargs: object = {}) =>
    action('Instance', 'save', { uuid, ...changes }, Object.keys(changes), kwargs);

  it('saves the changed fields only, and tells when', async () => {
    const [updates] = await save({ host: 'node1', task_state: null });
    expect(updates).toEqual({ updated_at: expect.stringMatching(/Z$/) });
    expect(await instances.getByUuid(uuid)).toMatchObject({ host: 'node1', task_state: null, vm_state: 'building' });
    await action('Instance', 'save', { uuid, vm_state: 'error' }, []);
    expect((await instances.getByUuid(uuid)).vm_state).toBe('building');
  });

  it('takes one expected state or several', async () => {
    await save({ task_state: null }, { expected_task_state: ['scheduling', null] });
    await save({ task_state: 'networking' }, { expected_task_state: null });
    const stale = save({ task_state: 'spawning' }, { expected_task_state: 'block_device_mapping' });
    await expect(stale).rejects.toThrow(novaException.UnexpectedTaskStateError);
    await expect(stale).rejects.toThrow('Expected: task_state block_device_mapping. Actual: networking');
  });

  it.each([
    ['a field that is not theirs to change', { project_id: 'other' }],
    ['another kind of value', { host: 7 }],
    ['no time', { launched_at: 'yesterday' }],
    ['more text than fits', { host: 'x'.repeat(256) }],
  ])('refuses %s', async (_, changes) => {
    await expect(save(changes)).rejects.toThrow(novaException.ObjectActionError);
  });

  it.each([
    ['a method that is not remotable', () => action('Instance', 'create', {})],
    ['a method of every object', () => action('Instance', 'constructor', {})],
    ['a class that is not remotable', () => classAction('Quotas', 'get_all', {})],
  ])('knows no %s', async (_, call) => {
    await expect(call()).rejects.toThrow(messagingException.NoSuchMethod);
  });

  it('refuses what is no message of this kind', async () => {
    await expect(manager.objectAction(context, { objmethod: 'save' })).rejects.toThrow(
      'Object action object_action failed because: objinst: ',
    );
    await expect(classAction('Instance', 'get_by_uuid', { uuid: "'; drop" })).rejects.toThrow(
      'Object action Instance.get_by_uuid failed because: uuid: ',
    );
  });

  it('gives instances of a host, and one by its uuid', async () => {
    const claim = { consumer_uuid: uuid, host: 'node7', vcpus: 1, memory_mb: 1, disk_gb: 1 };
    await db.insertInto('allocations').values(claim).execute();
    expect(await classAction('InstanceList', 'get_by_host', { host: 'node7' })).toEqual([]);
    expect(await classAction('InstanceList', 'get_on_the_way', { host: 'node7' })).toMatchObject([{ uuid }]);
    await save({ host: 'node7' });
    expect(await classAction('InstanceList', 'get_on_the_way', { host: 'node7' })).toEqual([]);
    expect(await classAction('InstanceList', 'get_by_host', { host: 'node7' })).toMatchObject([{ uuid }]);
    expect(await classAction('Instance', 'get_by_uuid', { uuid })).toMatchObject({ uuid, host: 'node7' });
    expect((await action('Instance', 'refresh', { uuid }))[0]).toMatchObject({ host: 'node7' });
    await action('Instance', 'destroy', { uuid });
    await expect(classAction('Instance', 'get_by_uuid', { uuid })).rejects.toThrow(novaException.InstanceNotFound);
    await expect(save({ host: null })).rejects.toThrow(novaException.InstanceNotFound);
  });

  it('writes an event of the action that the same request has started', async () => {
    const event = { instance_uuid: uuid, event_name: 'e' };
    const start = () => classAction('InstanceActionEvent', 'event_start', { ...event, host: 'node1' });
    await expect(start()).rejects.toThrow(novaException.InstanceActionNotFound);
    await app.get(InstanceActions).actionStart(context, uuid, 'create');
    await start();
    const failure = { exc_val: 'it broke', exc_tb: 'at x' };
    await classAction('InstanceActionEvent', 'event_finish_with_failure', { ...event, ...failure });
    const [written] = await db.selectFrom('instance_actions_events').selectAll().execute();
    expect(written).toMatchObject({ event: 'e', result: 'Error', traceback: 'at x', host: 'node1' });
    const [row] = await db.selectFrom('instance_actions').select('message').execute();
    expect(row).toEqual({ message: 'Error' });
  });
});
