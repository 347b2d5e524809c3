import { StateUpdates } from '@bootlab/nova';
import { Instances } from '@bootlab/nova-db';
import { OwnApi, startOwnApi } from './support/api';
import { listen } from './support/message-sink';
import { addInstance } from './support/rows';

describe('DELETE /servers/{id}', () => {
  let api: OwnApi;

  beforeAll(async () => {
    api = await startOwnApi();
  });
  afterAll(() => api.close());

  const remove = (id: string, headers = {}) => api.call(`/v2.1/servers/${id}`, { method: 'DELETE', headers });
  const show = (id: string) => api.call(`/v2.1/servers/${id}`);
  const row = (uuid: string) =>
    api.db.selectFrom('instances').selectAll().where('uuid', '=', uuid).executeTakeFirstOrThrow();

  it('takes a server back that has no row yet', async () => {
    const { id } = (await api.boot()).body.server;
    const answer = await remove(id);
    expect(answer).toMatchObject({ status: 204, body: undefined });
    expect((await show(id)).status).toBe(404);
    expect(await api.records()).toEqual([0, 0, 0]);
  });

  it('tells the host of a server that has one', async () => {
    const compute = await listen('compute', 'node1');
    const { uuid } = await addInstance(api.db, { host: 'node1', node: 'node1' });
    expect((await remove(uuid)).status).toBe(204);
    const { method, args } = await compute.messages.next();
    expect(method).toBe('terminate_instance');
    expect(args).toMatchObject({ instance: { uuid, host: 'node1' }, bdms: [] });
    expect((await show(uuid)).body.server['OS-EXT-STS:task_state']).toBe('deleting');
    expect((await remove(uuid)).status).toBe(204);
    expect(compute.messages.count).toBe(0);
    await compute.close();
  });

  it.each([
    ['is on no host', null],
    ['is on a host that is down', 'node9'],
  ])('deletes a server itself that %s', async (_what, host) => {
    const { uuid, id } = await addInstance(api.db, { host, vm_state: 'error' });
    expect((await remove(uuid)).status).toBe(204);
    expect((await show(uuid)).status).toBe(404);
    expect(await row(uuid)).toMatchObject({
      vm_state: 'deleted',
      task_state: null,
      deleted: id,
      deleted_at: expect.any(String),
      terminated_at: expect.any(String),
    });
    expect((await remove(uuid)).status).toBe(404);
  });

  it('deletes a server whose row was made while its build request was looked at', async () => {
    const { id } = (await api.boot()).body.server;
    await addInstance(api.db, { uuid: id, host: null });
    await api.db.updateTable('instance_mappings').set({ cell: null }).where('instance_uuid', '=', id).execute();
    await api.db.deleteFrom('build_requests').where('instance_uuid', '=', id).execute();
    expect((await remove(id)).status).toBe(204);
    await expect(new Instances(api.db, new StateUpdates()).getByUuid(id)).rejects.toThrow('could not be found');
  });

  it('deletes a server over which the conductor died between its row and its mapping', async () => {
    const before = await api.records();
    const { id } = (await api.boot()).body.server;
    await addInstance(api.db, { uuid: id, host: null });
    await api.db.updateTable('instance_mappings').set({ cell: null }).where('instance_uuid', '=', id).execute();
    const resources = { vcpus: 1, memory_mb: 512, disk_gb: 1 };
    await api.db
      .insertInto('allocations')
      .values({ consumer_uuid: id, host: 'node1', ...resources })
      .execute();
    const listed = async () => JSON.stringify((await api.call('/v2.1/servers')).body).includes(id);
    expect(await listed()).toBe(true);
    expect((await remove(id)).status).toBe(204);
    expect(await listed()).toBe(false);
    expect(await api.records()).toEqual(before);
    expect(await api.db.selectFrom('allocations').selectAll().execute()).toEqual([]);
    expect((await remove(id)).status).toBe(404);
  });

  it('records who deleted it', async () => {
    const { uuid } = await addInstance(api.db, { project_id: 'blue' });
    const { headers } = await remove(uuid, { 'x-user-id': 'ann', 'x-project-id': 'blue', 'x-roles': 'member' });
    const action = await api.db
      .selectFrom('instance_actions')
      .selectAll()
      .where('instance_uuid', '=', uuid)
      .executeTakeFirst();
    expect(action).toMatchObject({
      action: 'delete',
      request_id: headers.get('x-openstack-request-id'),
      user_id: 'ann',
      project_id: 'blue',
    });
  });

  it("finds neither an unknown server nor another project's", async () => {
    const { uuid } = await addInstance(api.db, { project_id: 'red' });
    const headers = { 'x-user-id': 'ann', 'x-project-id': 'blue', 'x-roles': 'member' };
    expect(await remove(uuid, headers)).toMatchObject({ status: 404, body: { itemNotFound: { code: 404 } } });
    expect((await remove('nothing')).status).toBe(404);
  });
});
