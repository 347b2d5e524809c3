import { BuildRequests, InstanceFaults } from '@bootlab/nova-db';
import { CIRROS, OwnApi, startOwnApi } from './support/api';
import { addInstance } from './support/rows';

const ANN = { 'x-user-id': 'ann', 'x-project-id': 'blue', 'x-roles': 'member' };
const BEN = { 'x-user-id': 'ben', 'x-project-id': 'red', 'x-roles': 'member' };
const ADMIN = { 'x-user-id': 'root', 'x-project-id': 'green', 'x-roles': 'admin' };

describe('GET /servers', () => {
  let api: OwnApi;
  let waiting: string;

  beforeAll(async () => {
    api = await startOwnApi();
    for (const display_name of ['db', 'web-1', 'web-2']) {
      await addInstance(api.db, { display_name, project_id: 'blue', user_id: 'ann', image_ref: CIRROS, host: 'node1' });
    }
    const failed = await addInstance(api.db, { display_name: 'failed', project_id: 'blue', vm_state: 'error' });
    const faults = new InstanceFaults(api.db);
    const fault = { instance_uuid: failed.uuid, host: null };
    await faults.create({ ...fault, code: 400, message: 'before', details: null });
    await faults.create({ ...fault, code: 500, message: 'No valid host was found.', details: 'stack' });
    await addInstance(api.db, { display_name: 'other', project_id: 'red' });
    waiting = (await api.boot({ name: 'web-3', flavorRef: '2' }, ANN)).body.server.id;
  });
  afterAll(() => api.close());

  async function names(query = '', headers: Record<string, string> = ANN): Promise<string[]> {
    const { status, body } = await api.call(`/v2.1/servers${query}`, { headers });
    expect(status).toBe(200);
    return body.servers.map(({ name }: { name: string }) => name);
  }

  it("lists a project's own servers, the newest first, with those that have no row yet", async () => {
    expect(await names()).toEqual(['web-3', 'failed', 'web-2', 'web-1', 'db']);
    expect(await names('/detail')).toEqual(['web-3', 'failed', 'web-2', 'web-1', 'db']);
    expect(await names('', BEN)).toEqual(['other']);
    expect(await names('', ADMIN)).toEqual([]);
    expect(await names('', {})).toHaveLength(6);
  });

  it('lists all projects for an administrator who asks for it', async () => {
    expect(await names('?all_tenants=1', ADMIN)).toHaveLength(6);
    expect(await api.call('/v2.1/servers?all_tenants=1', { headers: ANN })).toMatchObject({
      status: 403,
      body: { forbidden: { message: expect.stringContaining('os_compute_api:servers:index:get_all_tenants') } },
    });
    expect(await names('?all_tenants=0', ANN)).toHaveLength(5);
  });

  it.each([
    ['?name=web', ['web-3', 'web-2', 'web-1']],
    ['?status=ACTIVE', ['web-2', 'web-1', 'db']],
    ['?status=active&name=2', ['web-2']],
    ['?status=BUILD', ['web-3']],
    ['?status=ERROR', ['failed']],
    ['?status=NONSENSE', []],
    [`?image=${CIRROS}`, ['web-3', 'web-2', 'web-1', 'db']],
    ['?flavor=2', ['web-3']],
    ['?flavor=nonsense', []],
    ['?host=elsewhere', ['web-3', 'failed', 'web-2', 'web-1', 'db']],
    ['?limit=0', []],
  ])('filters by %s', async (query, expected) => expect(await names(query)).toEqual(expected));

  it('lets an administrator filter by host', async () => {
    expect(await names('?host=node1', {})).toEqual(['web-2', 'web-1', 'db']);
  });

  it('goes on where the page before ended', async () => {
    const seen: string[] = [];
    for (let path = '/v2.1/blue/servers?limit=2'; path !== '';) {
      const { body } = await api.call(path, { headers: ANN });
      seen.push(...body.servers.map(({ name }: { name: string }) => name));
      const next = body.servers_links?.[0];
      if (next) expect(next.rel).toBe('next');
      path = next ? next.href.slice(api.url.length) : '';
    }
    expect(seen).toEqual(['web-3', 'failed', 'web-2', 'web-1', 'db']);
  });

  it.each(['limit=-1', 'limit=many', 'marker=nothing'])('refuses ?%s', async (query) => {
    expect(await api.call(`/v2.1/servers?${query}`)).toMatchObject({ status: 400, body: { badRequest: {} } });
  });

  it('shows id, name and links in short, and everything in detail', async () => {
    const [short] = (await api.call('/v2.1/servers?limit=1', { headers: ANN })).body.servers;
    expect(Object.keys(short)).toEqual(['id', 'name', 'links']);
    const { servers } = (await api.call('/v2.1/servers/detail?status=ERROR', { headers: ANN })).body;
    expect(servers[0]).toMatchObject({
      status: 'ERROR',
      tenant_id: 'blue',
      fault: { code: 500, message: 'No valid host was found.', created: expect.stringMatching(/Z$/) },
    });
    expect(servers[0].fault.details).toBeUndefined();
    expect(servers[0].progress).toBeUndefined();
    expect(servers[0]).not.toHaveProperty('OS-EXT-SRV-ATTR:host');
    const all = (await api.call('/v2.1/servers/detail?status=ERROR')).body.servers;
    expect(all[0].fault.details).toBe('stack');
  });

  it('lists a server once while it has both its build request and its row', async () => {
    const { instance } = await new BuildRequests(api.db).getByInstanceUuid(waiting);
    await addInstance(api.db, { ...instance, vm_state: 'active', task_state: null, host: 'node1' });
    expect(await names()).toEqual(['web-3', 'failed', 'web-2', 'web-1', 'db']);
    expect(await names('?status=BUILD')).toEqual([]);
    const { server } = (await api.call(`/v2.1/servers/${waiting}`)).body;
    expect(server).toMatchObject({
      status: 'ACTIVE',
      hostId: expect.stringMatching(/^[0-9a-f]{56}$/),
      'OS-EXT-AZ:availability_zone': 'nova',
      'OS-EXT-SRV-ATTR:host': 'node1',
      'OS-EXT-SRV-ATTR:instance_name': expect.stringMatching(/^instance-0000000\d$/),
    });
  });

  it("does not show another project's server", async () => {
    expect(await api.call(`/v2.1/servers/${waiting}`, { headers: BEN })).toMatchObject({
      status: 404,
      body: { itemNotFound: { message: `Instance ${waiting} could not be found.` } },
    });
    expect((await api.call(`/v2.1/servers/${waiting}`, { headers: ADMIN })).status).toBe(200);
  });
});
