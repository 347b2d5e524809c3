import { admin, alice, bob, Glance, Json, OCTETS } from './support/glance';

const bytes = Buffer.from('the bytes of an image');

async function made(glance: Glance, headers: Record<string, string> = {}, data?: Buffer): Promise<string> {
  return (await glance.create(alice, headers, data)).image['id'] as string;
}

function properties(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`x-image-meta-property-${name}`, `${name}-value`]));
}

describe('PUT and DELETE', () => {
  let glance: Glance;
  beforeAll(async () => {
    glance = await Glance.start();
  });
  afterAll(() => glance.stop());

  const put = (id: string, headers: Record<string, string>, data?: Buffer, who = alice) =>
    glance.ask(who, 'PUT', `/v1/images/${id}`, { ...(data ? OCTETS : {}), ...headers }, data);
  const remove = (id: string, who = alice) => glance.ask(who, 'DELETE', `/v1/images/${id}`);

  it('changes fields and drops the properties that are not named', async () => {
    const id = await made(glance, properties('a', 'b'));
    const { status, image } = await put(id, { 'x-image-meta-name': 'new', ...properties('b', 'c') });
    expect([status, image['name']]).toEqual([200, 'new']);
    expect(image['properties']).toEqual({ b: 'b-value', c: 'c-value' });
    expect(image).not.toHaveProperty('location');
  });

  it('keeps them when told so, and when data comes', async () => {
    const id = await made(glance, properties('a'));
    const { image } = await put(id, { 'x-glance-registry-purge-props': 'false', ...properties('b') });
    expect(Object.keys(image['properties'] as Json)).toEqual(['a', 'b']);
    const uploaded = await put(id, properties('c'), bytes);
    expect(uploaded.image).toMatchObject({ status: 'active', size: bytes.length });
    expect(Object.keys(uploaded.image['properties'] as Json)).toEqual(['a', 'b', 'c']);
  });

  it('takes data only for a queued image', async () => {
    const id = await made(glance, {}, bytes);
    expect((await put(id, {}, bytes)).status).toBe(409);
    const killed = (await glance.create(alice)).image['id'] as string;
    expect((await put(killed, { 'content-type': 'text/plain' }, bytes)).status).toBe(400);
    expect(await glance.statusOf(killed)).toBe('killed');
    expect((await put(killed, {}, bytes)).status).toBe(409);
  });

  it('gives the image to one of two uploads at a time', async () => {
    const id = await made(glance);
    const answers = await Promise.all([put(id, {}, bytes), put(id, {}, bytes)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await glance.statusOf(id)).toBe('active');
    expect(await glance.row(id)).toMatchObject({ size: bytes.length });
  });

  it('keeps id and status from everybody, size and checksum of an active image from users', async () => {
    const id = await made(glance, {}, bytes);
    expect((await put(id, { 'x-image-meta-status': 'queued' }, undefined, admin)).status).toBe(403);
    expect((await put(id, { 'x-image-meta-id': 'other' })).status).toBe(403);
    expect((await put(id, { 'x-image-meta-size': '1' })).status).toBe(403);
    expect((await put(id, { 'x-image-meta-checksum': 'f'.repeat(32) })).status).toBe(403);
    expect((await put(id, { 'x-image-meta-status': 'active', 'x-image-meta-size': `${bytes.length}` })).status).toBe(
      200,
    );
  });

  it('refuses a location for an image that is not queued', async () => {
    const id = await made(glance, {}, bytes);
    expect((await put(id, { 'x-image-meta-location': 'http://127.0.0.1:1/x' }, undefined, admin)).status).toBe(400);
  });

  it('answers 404 for what is not there or not visible', async () => {
    const id = await made(glance);
    const missing = '00000000-0000-4000-8000-000000000000';
    for (const [path, who] of [
      [missing, alice],
      [id, bob],
    ] as const) {
      expect((await put(path, {}, undefined, who)).status).toBe(404);
      expect((await remove(path, who)).status).toBe(404);
    }
  });

  it('deletes row and data', async () => {
    const id = await made(glance, {}, bytes);
    const { status, text } = await remove(id);
    expect([status, text]).toEqual([200, '']);
    expect(glance.files()).not.toContain(id);
    expect((await remove(id)).status).toBe(404);
    expect(await glance.row(id)).toMatchObject({ status: 'deleted', deleted: true });
    expect((await remove(id, admin)).status).toBe(404);
    expect((await put(id, { 'x-image-meta-name': 'x' }, undefined, admin)).status).toBe(403);
  });

  it('refuses to delete what is protected', async () => {
    const id = await made(glance, { 'x-image-meta-protected': 'True' });
    expect((await remove(id)).status).toBe(403);
    await put(id, { 'x-image-meta-protected': 'False' });
    expect((await remove(id)).status).toBe(200);
  });

  it('deletes an image whose file is gone', async () => {
    const id = await made(glance, {}, bytes);
    const { location } = await glance.row(id);
    await (await import('node:fs/promises')).rm(new URL(location as string));
    expect((await remove(id)).status).toBe(200);
  });

  describe('members', () => {
    const members = (id: string) => `/v1/images/${id}/members`;
    const json = { 'content-type': 'application/json' };

    it('shares an image and takes it back', async () => {
      const id = await made(glance, {}, bytes);
      expect((await glance.ask(alice, 'PUT', `${members(id)}/builders`)).status).toBe(204);
      expect((await glance.ask(bob, 'HEAD', `/v1/images/${id}`)).status).toBe(200);
      const shared = await glance.ask(bob, 'GET', '/v1/shared-images/builders');
      expect(shared.json).toEqual({ shared_images: [{ image_id: id, can_share: false }] });
      const body = JSON.stringify({ memberships: [{ member_id: 'bakers', can_share: true }] });
      expect((await glance.ask(alice, 'PUT', members(id), json, body)).status).toBe(204);
      const { json: list } = await glance.ask(alice, 'GET', members(id));
      expect(list).toEqual({ members: [{ member_id: 'bakers', can_share: true }] });
      expect((await glance.ask(alice, 'DELETE', `${members(id)}/bakers`)).status).toBe(204);
      expect((await glance.ask(alice, 'DELETE', `${members(id)}/bakers`)).status).toBe(404);
    });

    it('refuses bodies that are none, strangers, and reading one membership', async () => {
      const id = await made(glance);
      expect((await glance.ask(alice, 'PUT', members(id), json, '{')).status).toBe(400);
      expect((await glance.ask(alice, 'PUT', members(id), json, '[]')).status).toBe(400);
      expect((await glance.ask(alice, 'PUT', `${members(id)}/x`, json, '{"member":1}')).status).toBe(400);
      expect((await glance.ask(bob, 'PUT', `${members(id)}/x`)).status).toBe(404);
      expect((await glance.ask(alice, 'GET', `${members(id)}/x`)).status).toBe(405);
    });
  });
});

describe('delayed_delete', () => {
  it('keeps the data of a deleted image', async () => {
    const glance = await Glance.start({ delayed_delete: 'true' });
    const id = await made(glance, {}, bytes);
    expect((await glance.ask(alice, 'DELETE', `/v1/images/${id}`)).status).toBe(200);
    expect(await glance.row(id)).toMatchObject({ status: 'pending_delete' });
    expect(glance.files()).toEqual([id]);
    await glance.stop();
  });
});

describe('property protections', () => {
  const RULES = `[^billing_.*]
create = admin
read = admin,member
update = admin
delete = admin
[^hidden_.*]
create = admin
read = admin
update = admin
delete = admin
[.*]
create = @
read = @
update = @
delete = @
`;
  let glance: Glance;
  beforeAll(async () => {
    glance = await Glance.start({ protections: RULES });
  });
  afterAll(() => glance.stop());

  it('guards who creates, changes and drops', async () => {
    expect((await glance.create(alice, properties('billing_code'))).status).toBe(403);
    const id = await made(glance, properties('mine'));
    const put = (headers: Record<string, string>, who = alice) => glance.ask(who, 'PUT', `/v1/images/${id}`, headers);
    expect((await put(properties('billing_code'))).status).toBe(403);
    expect((await put(properties('mine', 'billing_code', 'hidden_note'), admin)).status).toBe(200);
    expect((await put(properties('billing_code'))).status).toBe(200);
    expect((await put({ 'x-image-meta-property-billing_code': 'cheaper' })).status).toBe(403);
    expect((await put(properties('mine'))).status).toBe(403);
    expect((await put(properties('billing_code', 'hidden_note'))).status).toBe(403);
    const { image } = await put(properties('billing_code', 'mine'));
    expect(Object.keys(image['properties'] as Json).sort()).toEqual(['billing_code', 'mine']);
    expect((await glance.row(id))['properties']).toHaveProperty('hidden_note', 'hidden_note-value');
  });
});

describe('policy', () => {
  it('asks for each action', async () => {
    const open = ['add_image', 'modify_image', 'get_image', 'get_images'];
    const glance = await Glance.start({ policy: JSON.stringify(Object.fromEntries(open.map((name) => [name, '']))) });
    const { status, image } = await glance.create(alice);
    expect(status).toBe(201);
    expect((await glance.create(alice, {}, bytes)).status).toBe(403);
    expect((await glance.create(alice, { 'x-glance-api-copy-from': 'http://127.0.0.1:1/x' })).status).toBe(403);
    expect((await glance.ask(alice, 'PUT', `/v1/images/${image['id']}`, OCTETS, bytes)).status).toBe(403);
    expect((await glance.ask(alice, 'DELETE', `/v1/images/${image['id']}`)).status).toBe(403);
    await glance.stop();
  });
});
