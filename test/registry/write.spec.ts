import type { RequestContext } from '@bootlab/openstack';
import { randomUUID } from 'node:crypto';
import { databases } from '../support/databases';
import { admin, alice, ask, bob, Json, make, names, urlOf, useRegistry } from './support/registry';

describe.each(databases())('glance-registry over $name', ({ create }) => {
  useRegistry(create);

  describe('POST /images', () => {
    it('makes an image and answers with all of it', async () => {
      const image = await make(alice, {
        name: 'a',
        size: 7,
        disk_format: 'raw',
        container_format: 'bare',
        min_ram: 64,
        is_public: false,
        properties: { os_distro: 'debian' },
        location: 'file:///a',
      });
      expect(image).toMatchObject({
        name: 'a',
        status: 'queued',
        size: 7,
        virtual_size: null,
        checksum: null,
        owner: 'wonderland',
        is_public: false,
        protected: false,
        min_ram: 64,
        min_disk: 0,
        deleted: false,
        deleted_at: null,
        properties: { os_distro: 'debian' },
        location: 'file:///a',
        location_data: [{ url: 'file:///a', metadata: {}, status: 'active' }],
      });
      expect(image['id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(image['created_at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
      expect(image).not.toHaveProperty('visibility');
      const { json } = await ask(alice, 'GET', `/images/${image['id']}`);
      expect(json['image']).toEqual(image);
    });

    it('lets only an administrator name another owner', async () => {
      expect(await make(alice, { owner: 'builders' })).toMatchObject({ owner: 'wonderland' });
      expect(await make(admin, { owner: 'builders' })).toMatchObject({ owner: 'builders' });
      expect(await make(admin)).toMatchObject({ owner: null });
    });

    it('answers 409 to an id that is taken', async () => {
      const { id } = await make(alice);
      const { status, text } = await ask(alice, 'POST', '/images', { image: { id, status: 'queued' } });
      expect([status, text]).toEqual([409, expect.stringContaining(id as string)]);
    });

    it.each([
      [{ image: { id: 'not-a-uuid' } }],
      [{ image: { status: 'sleeping' } }],
      [{ image: { size: -1 } }],
      [{ image: { min_ram: 2 ** 31 } }],
      [{ image: { name: { a: 1 } } }],
      [{ image: { name: 'n'.repeat(256) } }],
      [{ image: { properties: [] } }],
      [{ image: { properties: { a: { b: 1 } } } }],
      [{ image: { location_data: [{ url: 5 }] } }],
      [{ image: [] }],
      [{}],
    ])('answers 400 to %j', async (body) => {
      expect((await ask(alice, 'POST', '/images', body)).status).toBe(400);
      expect(await names(admin, 'is_public=None')).toEqual([]);
    });

    it('answers 400 to a body that is no JSON and 413 to a huge one', async () => {
      const headers = { 'content-type': 'application/json' };
      const broken = await fetch(urlOf('/images'), { method: 'POST', headers, body: '{"image":' });
      expect(broken.status).toBe(400);
      const huge = await fetch(urlOf('/images'), { method: 'POST', headers, body: `"${'x'.repeat(5e6)}"` });
      expect(huge.status).toBe(413);
    });
  });

  describe('PUT /images/{id}', () => {
    it('changes what is given, keeps the rest and adds properties', async () => {
      const { id } = await make(alice, { name: 'a', min_ram: 5, properties: { a: '1', b: '2' } });
      const { json } = await ask(alice, 'PUT', `/images/${id}`, {
        image: { name: 'b', properties: { b: '3', c: '4' } },
      });
      expect(json['image']).toMatchObject({ name: 'b', min_ram: 5, properties: { a: '1', b: '3', c: '4' } });
    });

    it('drops the other properties when told to, and takes a dropped one back', async () => {
      const { id } = await make(alice, { properties: { a: '1', b: '2' } });
      const purge = { 'x-glance-registry-purge-props': 'true' };
      const put = async (properties: Json, headers = {}) =>
        (await ask(alice, 'PUT', `/images/${id}`, { image: { properties } }, headers)).json['image'] as Json;
      expect((await put({ b: '2' }, purge))['properties']).toEqual({ b: '2' });
      expect((await put({ a: '9' }))['properties']).toEqual({ a: '9', b: '2' });
      expect((await put({}, purge))['properties']).toEqual({});
    });

    it('goes from the expected state only', async () => {
      const { id } = await make(alice);
      const put = (status: string, from_state: string) =>
        ask(alice, 'PUT', `/images/${id}`, { image: { status, properties: { touched: from_state } }, from_state });
      expect((await put('active', 'saving')).status).toBe(409);
      expect((await put('saving', 'queued')).json['image']).toMatchObject({ status: 'saving' });
      const { json } = await ask(alice, 'GET', `/images/${id}`);
      expect(json['image']).toMatchObject({ status: 'saving', properties: { touched: 'queued' } });
    });

    it('replaces the locations', async () => {
      const { id, location_data: data } = await make(alice, { location: 'file:///a' });
      const put = async (image: Json) => (await ask(alice, 'PUT', `/images/${id}`, { image })).json['image'] as Json;
      expect(await put({ location: 'file:///b' })).toMatchObject({ location_data: [{ url: 'file:///b' }] });
      expect((await ask(alice, 'PUT', `/images/${id}`, { image: { location_data: data } })).status).toBe(200);
      expect(await put({ location_data: [{ ...(data as Json[])[0], status: 'pending_delete' }] })).toMatchObject({
        location: null,
        location_data: [],
      });
      const wrong = { url: 'file:///c', status: 'active', metadata: {}, id: 999 };
      expect((await ask(alice, 'PUT', `/images/${id}`, { image: { location_data: [wrong] } })).status).toBe(400);
    });

    it('is refused to others: 403 for a public image, 404 for one they cannot see', async () => {
      const open = await make(alice, { is_public: true });
      const own = await make(alice);
      expect((await ask(bob, 'PUT', `/images/${open['id']}`, { image: { name: 'x' } })).status).toBe(403);
      expect((await ask(bob, 'PUT', `/images/${own['id']}`, { image: { name: 'x' } })).status).toBe(404);
      expect((await ask(alice, 'PUT', `/images/${randomUUID()}`, { image: {} })).status).toBe(404);
      expect((await ask(alice, 'PUT', `/images/${own['id']}`, { image: { status: 'asleep' } })).status).toBe(400);
    });

    it('keeps the owner unless an administrator changes it', async () => {
      const { id } = await make(alice);
      const put = async (context: RequestContext) =>
        (await ask(context, 'PUT', `/images/${id}`, { image: { owner: 'builders' } })).json['image'] as Json;
      expect(await put(alice)).toMatchObject({ owner: 'wonderland' });
      expect(await put(admin)).toMatchObject({ owner: 'builders' });
    });
  });

  describe('DELETE /images/{id}', () => {
    it('marks the image as deleted: gone for users, still there for administrators', async () => {
      const { id } = await make(alice, { name: 'a', location: 'file:///a', properties: { a: '1' } });
      const { json } = await ask(alice, 'DELETE', `/images/${id}`);
      expect(json['image']).toMatchObject({ id, deleted: true, location: null });
      expect((await ask(alice, 'GET', `/images/${id}`)).status).toBe(404);
      expect((await ask(admin, 'GET', `/images/${id}`)).json['image']).toMatchObject({
        deleted: true,
        deleted_at: expect.any(String),
        properties: {},
        location: null,
      });
      expect(await names(admin, 'is_public=None')).toEqual([]);
      expect(await names(admin, 'is_public=None&deleted=true')).toEqual(['a']);
    });

    it('is refused to others', async () => {
      const open = await make(alice, { is_public: true });
      const own = await make(alice);
      expect((await ask(bob, 'DELETE', `/images/${open['id']}`)).status).toBe(403);
      expect((await ask(bob, 'DELETE', `/images/${own['id']}`)).status).toBe(404);
    });
  });
});
