import { OwnApi, startOwnApi } from './support/api';

const ANN = { 'x-user-id': 'ann', 'x-project-id': 'blue', 'x-roles': 'member' };
const usual = { name: 'tiny', ram: 64, vcpus: 1, disk: 2 };

describe('POST /flavors', () => {
  let api: OwnApi;

  beforeAll(async () => {
    api = await startOwnApi();
  });
  afterAll(() => api.close());

  const create = (flavor: object, headers = {}) =>
    api.call('/v2.1/flavors', { method: 'POST', headers, body: { flavor } });

  it('makes a flavor, which is listed from then on', async () => {
    const flavor = { ...usual, id: 'tiny-1', swap: 8, 'OS-FLV-EXT-DATA:ephemeral': 1 };
    const shown = {
      id: 'tiny-1',
      name: 'tiny',
      ram: 64,
      vcpus: 1,
      disk: 2,
      swap: 8,
      rxtx_factor: 1,
      'OS-FLV-EXT-DATA:ephemeral': 1,
      'OS-FLV-DISABLED:disabled': false,
      'os-flavor-access:is_public': true,
    };
    expect(await create(flavor)).toMatchObject({ status: 200, body: { flavor: shown } });
    expect((await api.call('/v2.1/flavors/tiny-1')).body.flavor).toMatchObject(shown);
  });

  it.each([[undefined], [null], ['auto']])('gives one with the id %s an id of its own', async (id) => {
    const { body } = await create({ ...usual, name: `own ${id}`, id });
    expect(body.flavor.id).toMatch(/^[0-9a-f]{8}-/);
  });

  it.each([
    [{ id: 'twin-1', name: 'twin' }, { id: 'twin-1', name: 'another' }, 'Flavor with ID twin-1 already exists.'],
    [{ id: 'pair-1', name: 'pair' }, { id: 'pair-2', name: 'pair' }, 'Flavor with name pair already exists.'],
  ])('refuses %j after %j', async (first, second, message) => {
    expect((await create({ ...usual, ...first })).status).toBe(200);
    expect(await create({ ...usual, ...second })).toMatchObject({
      status: 409,
      body: { conflictingRequest: { message } },
    });
  });

  it('is for administrators', async () => {
    const { status, body } = await create({ ...usual, name: 'mine' }, ANN);
    expect(status).toBe(403);
    expect(body.forbidden.message).toContain('os_compute_api:os-flavor-manage:create');
  });

  it.each([
    [{ ram: 0 }, /ram.*minimum of 1/],
    [{ disk: -1 }, /disk.*minimum of 0/],
    [{ vcpus: 'many' }, /vcpus.*many/],
    [{ ram: 2 ** 31 }, /ram.*maximum/],
    [{ name: '' }, /name.*too short/],
    [{ id: ' x' }, /id.* x/],
    [{ colour: 'red' }, /colour/],
  ])('refuses %j', async (wrong, message) => {
    const { status, body } = await create({ ...usual, name: 'wrong', ...wrong });
    expect(status).toBe(400);
    expect(body.badRequest.message).toMatch(message);
  });
});
