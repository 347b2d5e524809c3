import { CIRROS, OwnApi, startOwnApi } from './support/api';

describe('the form of the API', () => {
  let api: OwnApi;

  beforeAll(async () => {
    api = await startOwnApi();
  });
  afterAll(() => api.close());

  const post = (body: string, headers = {}) => api.call('/v2.1/servers', { method: 'POST', body, headers });

  it('tells its versions', async () => {
    const version = { id: 'v2.1', status: 'CURRENT', version: '2.1', min_version: '2.1' };
    expect((await api.call('/')).body).toMatchObject({ versions: [version] });
    for (const path of ['/v2.1', '/v2.1/']) {
      expect((await api.call(path)).body).toMatchObject({ version: { ...version, links: [{ rel: 'self' }, {}] } });
    }
  });

  it.each([
    ['OpenStack-API-Version', 'compute 2.1', 200],
    ['OpenStack-API-Version', 'compute latest', 200],
    ['OpenStack-API-Version', 'volume 3.5', 200],
    ['OpenStack-API-Version', 'volume 3.5, compute 2.60', 406],
    ['X-OpenStack-Nova-API-Version', '2.1', 200],
    ['X-OpenStack-Nova-API-Version', '2.2', 406],
    ['X-OpenStack-Nova-API-Version', '1.9', 406],
    ['OpenStack-API-Version', 'compute 2', 400],
    ['OpenStack-API-Version', 'compute two', 400],
    ['OpenStack-API-Version', 'compute', 400],
  ])('answers the microversion %s: %s with %i', async (name, value, status) => {
    const answer = await api.call('/v2.1/flavors', { headers: { [name]: value } });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('openstack-api-version')).toBe('compute 2.1');
    if (status === 406) expect(answer.body.computeFault.message).toContain('Minimum is 2.1 and maximum is 2.1.');
  });

  it('does not know other paths, and tells the methods of those it knows', async () => {
    const missing = await api.call('/v2.1/keypairs');
    expect(missing).toMatchObject({ status: 404, body: { itemNotFound: { code: 404 } } });
    expect(missing.headers.get('x-openstack-request-id')).toMatch(/^req-/);
    const wrong = await api.call('/v2.1/servers', { method: 'PUT' });
    expect(wrong).toMatchObject({ status: 405, body: { badMethod: { code: 405 } } });
    expect(wrong.headers.get('allow')).toBe('GET, POST');
    expect((await api.call(`/v2.1/blue/servers/${CIRROS}/`, { method: 'POST' })).headers.get('allow')).toBe(
      'GET, DELETE',
    );
  });

  it('answers in its own form to what has no route at all', async () => {
    expect(await api.call('/v2.1/servers/%ff')).toMatchObject({ status: 400, body: { badRequest: { code: 400 } } });
    const long = await api.call(`/v2.1/servers/${'a'.repeat(3000)}`);
    expect(long).toMatchObject({ status: 404, body: { itemNotFound: { code: 404 } } });
  });

  it.each(['{"server": ', 'name=web', '[]', 'null', '"text"'])('calls the body %s malformed', async (body) => {
    expect(await post(body)).toMatchObject({ status: 400, body: { badRequest: { code: 400 } } });
  });

  it('takes no more than 114688 bytes, told beforehand or not', async () => {
    const large = JSON.stringify({ server: { name: 'x'.repeat(5_000_000) } });
    const overLimit = {
      status: 413,
      body: { overLimit: { code: 413, message: 'The request body may have at most 114688 bytes.' } },
    };
    expect(await post(large)).toMatchObject(overLimit);
    const response = await fetch(`${api.url}/v2.1/servers`, {
      method: 'POST',
      body: new Blob([large.slice(0, 200_000)]).stream(),
      duplex: 'half',
    });
    expect(response.status).toBe(413);
    expect((await post(JSON.stringify({ server: { name: 'x'.repeat(100_000) } }))).status).toBe(400);
  });

  it('wants a user with project and roles', async () => {
    const answer = await api.call('/v2.1/servers', { headers: { 'x-project-id': 'blue', 'x-roles': 'member' } });
    expect(answer).toMatchObject({ status: 401, body: { unauthorized: { code: 401 } } });
    expect((await api.call('/v2.1/servers', { headers: { 'x-user-id': 'ann' } })).status).toBe(200);
  });

  it('gives every request an id of its own', async () => {
    const inbound = 'req-0b7f8d4e-6f0c-4a53-8d0b-0a3c8f5c1d2e';
    const ids = await Promise.all(
      [1, 2].map(async () => (await api.call('/', { headers: { 'x-openstack-request-id': inbound } })).headers),
    );
    const [one, two] = ids.map((headers) => headers.get('x-openstack-request-id'));
    expect(one).toMatch(/^req-/);
    expect(new Set([one, two, inbound]).size).toBe(3);
  });

  describe('flavors', () => {
    it('are listed by id, page by page', async () => {
      const ids = (body: { flavors: { id: string }[] }) => body.flavors.map(({ id }) => id);
      const all = (await api.call('/v2.1/flavors')).body;
      expect(ids(all)).toEqual(['1', '2', '3', '4', '42', '5', '84', 'c1', 'd1', 'd2', 'd3', 'd4']);
      expect(all.flavors_links).toBeUndefined();
      const first = (await api.call('/v2.1/blue/flavors/detail?limit=5&minRam=512')).body;
      expect(ids(first)).toEqual(['1', '2', '3', '4', '5']);
      const next = new URL(first.flavors_links[0].href);
      expect(next.pathname).toBe('/v2.1/blue/flavors/detail');
      expect(ids((await api.call(next.pathname + next.search)).body)).toEqual(['d1', 'd2', 'd3', 'd4']);
      expect(ids((await api.call('/v2.1/flavors?minDisk=80')).body)).toEqual(['4', '5']);
    });

    it('are shown with all that they give', async () => {
      expect((await api.call('/v2.1/flavors/42')).body.flavor).toMatchObject({
        id: '42',
        name: 'm1.nano',
        ram: 64,
        disk: 0,
        vcpus: 1,
        swap: '',
        'OS-FLV-EXT-DATA:ephemeral': 0,
        'OS-FLV-DISABLED:disabled': false,
        'os-flavor-access:is_public': true,
      });
    });

    it('are not found', async () => {
      expect(await api.call('/v2.1/flavors/7')).toMatchObject({ status: 404, body: { itemNotFound: {} } });
      expect(await api.call('/v2.1/flavors?marker=7')).toMatchObject({ status: 400, body: { badRequest: {} } });
      expect((await api.call('/v2.1/flavors?limit=-1')).status).toBe(400);
      expect((await api.call('/v2.1/flavors?minRam=lots')).status).toBe(400);
    });
  });

  it('says nothing of an error that nobody foresaw but where to look', async () => {
    await api.db.schema.dropTable('flavors').execute();
    const answer = await api.call('/v2.1/flavors');
    const id = answer.headers.get('x-openstack-request-id');
    expect(answer.status).toBe(500);
    expect(answer.body).toEqual({
      computeFault: { code: 500, message: `Unexpected API error: see \`bootlab logs compute-api\` for ${id}.` },
    });
  });
});
