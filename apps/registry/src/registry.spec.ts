import { RequestContext, identityHeaders } from '@bootlab/openstack';
import type { Running } from '@bootlab/service';
import { LabLogger } from '@bootlab/tracing';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databases, OwnDatabase } from '../../../test/support/databases';
import { serve } from './serve';

const admin = RequestContext.admin('req-admin');
const alice = new RequestContext({ userId: 'alice', projectId: 'wonderland', roles: ['member'] });
const bob = new RequestContext({ userId: 'bob', projectId: 'builders', roles: ['member'] });
const nobody = new RequestContext({ userId: 'nobody', roles: ['member'] });

let registry: Running;
let home: string;
let own: OwnDatabase;

type Json = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- what came over the wire
interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json: Json;
}

async function ask(
  context: RequestContext,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(registry.url + path, {
    method,
    headers: {
      ...identityHeaders(context),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const json = (text.startsWith('{') ? JSON.parse(text) : {}) as Json;
  return { status: response.status, headers: response.headers, text, json };
}

async function make(context: RequestContext, image: Json = {}): Promise<Json> {
  const { json } = await ask(context, 'POST', '/images', { image: { status: 'queued', ...image } });
  return json['image'] as Json;
}

async function names(context: RequestContext, query: string): Promise<string[]> {
  const { json } = await ask(context, 'GET', `/images/detail?${query}`);
  return (json['images'] as Json[]).map(({ name }) => name as string);
}

describe.each(databases())('glance-registry over $name', ({ create }) => {
  beforeEach(async () => {
    own = await create();
    home = mkdtempSync(join(tmpdir(), 'bootlab-registry-'));
    Object.assign(process.env, {
      BOOTLAB_HOME: home,
      BOOTLAB_GLANCE_REGISTRY__DEFAULT__BIND_PORT: '0',
      BOOTLAB_GLANCE_REGISTRY__DATABASE__CONNECTION: own.url,
      BOOTLAB_LAB__LAB__LOG_LEVEL: 'error',
      OTEL_TRACES_EXPORTER: 'none',
    });
    registry = await serve(new LabLogger('registry'));
  });
  afterEach(async () => {
    await registry.close();
    await own.drop();
    rmSync(home, { recursive: true });
  });

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
      const broken = await fetch(`${registry.url}/images`, { method: 'POST', headers, body: '{"image":' });
      expect(broken.status).toBe(400);
      const huge = await fetch(`${registry.url}/images`, { method: 'POST', headers, body: `"${'x'.repeat(5e6)}"` });
      expect(huge.status).toBe(413);
    });
  });

  describe('GET /images/{id}', () => {
    it('is a 404 for what is not there and for what may not be seen', async () => {
      const { id } = await make(alice);
      expect((await ask(bob, 'GET', `/images/${id}`)).status).toBe(404);
      expect((await ask(nobody, 'GET', `/images/${id}`)).status).toBe(404);
      expect((await ask(alice, 'GET', `/images/${randomUUID()}`)).status).toBe(404);
      expect((await ask(alice, 'GET', `/images/${'x'.repeat(40)}`)).status).toBe(404);
      expect((await ask(admin, 'GET', `/images/${id}`)).status).toBe(200);
    });

    it('shows public images and those of nobody to all', async () => {
      const open = await make(alice, { is_public: true });
      const unowned = await make(admin);
      for (const { id } of [open, unowned]) {
        expect((await ask(nobody, 'GET', `/images/${id}`)).status).toBe(200);
      }
    });

    it('hides the locations of a deactivated image from users', async () => {
      const { id } = await make(alice, { status: 'deactivated', location: 'file:///a' });
      expect((await ask(alice, 'GET', `/images/${id}`)).json['image']).toMatchObject({
        location: null,
        location_data: [],
      });
      expect((await ask(admin, 'GET', `/images/${id}`)).json['image']).toMatchObject({ location: 'file:///a' });
    });

    it('takes the first active of several locations', async () => {
      const { id } = await make(alice, {
        location_data: [
          { url: 'file:///gone', metadata: {}, status: 'pending_delete' },
          { url: 'file:///here', metadata: { zone: 'a' }, status: 'active' },
          { url: 'file:///there', metadata: {}, status: 'active' },
        ],
        properties: { a: '1', b: '2' },
      });
      const { image } = (await ask(alice, 'GET', `/images/${id}`)).json as { image: Json };
      expect(image['location']).toBe('file:///here');
      expect((image['location_data'] as Json[]).map(({ url }) => url as string)).toEqual([
        'file:///here',
        'file:///there',
      ]);
      expect(image['properties']).toEqual({ a: '1', b: '2' });
    });

    it('answers with the id of the request, below /v1 too', async () => {
      const { id } = await make(alice);
      const asking = new RequestContext({ ...alice.toJSON(), requestId: 'req-42' });
      const { status, headers } = await ask(asking, 'GET', `/v1/images/${id}`);
      expect([status, headers.get('x-openstack-request-id')]).toEqual([200, 'req-42']);
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

  describe('GET /images and /images/detail', () => {
    beforeEach(async () => {
      for (const [name, size] of [
        ['a', 10],
        ['b', 20],
        ['c', 30],
      ] as const) {
        const values = { name, size, disk_format: name === 'a' ? 'raw' : 'qcow2', min_ram: size };
        await make(alice, { ...values, is_public: name !== 'c', properties: { letter: name } });
      }
      await make(alice, { name: 'dead', status: 'killed', is_public: true });
      await make(bob, { name: 'bobs', protected: true });
    });

    it('lists six fields, or all', async () => {
      const { json } = await ask(alice, 'GET', '/images?name=a');
      expect(json['images']).toEqual([
        { id: expect.any(String), name: 'a', size: 10, disk_format: 'raw', container_format: null, checksum: null },
      ]);
      const detail = await ask(alice, 'GET', '/images/detail?name=a');
      expect(detail.json['images']).toMatchObject([
        { status: 'queued', properties: { letter: 'a' }, location_data: [] },
      ]);
      expect((await ask(alice, 'GET', '/?name=a')).json).toEqual(json);
    });

    it('shows users what is public and their own, without killed images', async () => {
      expect((await names(alice, 'sort_key=name&sort_dir=asc')).join()).toBe('a,b,c');
      expect((await names(bob, 'sort_key=name&sort_dir=asc')).join()).toBe('a,b,bobs');
      expect((await names(nobody, 'sort_key=name&sort_dir=asc')).join()).toBe('a,b');
    });

    it('shows administrators what is_public asks for', async () => {
      expect((await names(admin, 'sort_key=name&sort_dir=asc')).join()).toBe('a,b');
      expect((await names(admin, 'sort_key=name&sort_dir=asc&is_public=False')).join()).toBe('bobs,c');
      expect((await names(admin, 'sort_key=name&sort_dir=asc&is_public=None')).join()).toBe('a,b,bobs,c');
    });

    it.each([
      ['name=b', 'b'],
      ['name=in:a,b', 'a,b'],
      ['name=eq:c', 'c'],
      ['disk_format=qcow2', 'b,c'],
      ['status=active', ''],
      ['size_min=20', 'b,c'],
      ['size_max=20', 'a,b'],
      ['min_ram=30', 'c'],
      ['property-letter=b', 'b'],
      ['property-letter=b&property-no=b', ''],
      ['protected=true', ''],
      ['changes-since=2001-01-01T00:00:00Z', 'a,b,c,dead'],
      ['changes-since=2999-01-01T00:00:00%2B02:00', ''],
    ])('filters by %s', async (query, found) => {
      expect((await names(alice, `${query}&sort_key=name&sort_dir=asc`)).join()).toBe(found);
    });

    it.each([
      'limit=x',
      'limit=-1',
      'marker=x',
      `marker=${randomUUID()}`,
      'sort_key=owner',
      'sort_dir=up',
      'protected=maybe',
      'changes-since=yesterday',
      'size_min=big',
      'name=like:a',
    ])('answers 400 to %s', async (query) => {
      expect((await ask(alice, 'GET', `/images?${query}`)).status).toBe(400);
    });

    it('answers 400 to an is_public that is none, from an administrator', async () => {
      expect((await ask(admin, 'GET', '/images?is_public=perhaps')).status).toBe(400);
    });

    it.each(['name', 'size', 'created_at', 'updated_at', 'id', 'status', 'disk_format', 'container_format'])(
      'pages by marker in the order of %s, both ways',
      async (key) => {
        for (const dir of ['asc', 'desc']) {
          const all = (await ask(alice, 'GET', `/images?sort_key=${key}&sort_dir=${dir}`)).json['images'] as Json[];
          const paged: Json[] = [];
          for (let marker = ''; paged.length < all.length; marker = `&marker=${paged.at(-1)?.['id']}`) {
            const { json } = await ask(alice, 'GET', `/images?limit=1&sort_key=${key}&sort_dir=${dir}${marker}`);
            expect(json['images']).toHaveLength(1);
            paged.push(...(json['images'] as Json[]));
          }
          expect(paged).toEqual(all);
        }
      },
    );

    it('refuses a marker that the caller cannot see', async () => {
      const { json } = await ask(bob, 'GET', '/images?name=bobs');
      const [{ id }] = json['images'] as [Json];
      expect((await ask(alice, 'GET', `/images?marker=${id}`)).status).toBe(400);
    });

    it('starts with the newest and keeps to the limits', async () => {
      expect((await names(alice, '')).join()).toBe('c,b,a');
      expect(await names(alice, 'limit=2')).toHaveLength(2);
      expect(await names(alice, 'limit=0')).toHaveLength(0);
      expect(await names(alice, 'limit=5000')).toHaveLength(3);
    });
  });

  describe('members', () => {
    let id: string;
    const members = async (context = alice) =>
      (await ask(context, 'GET', `/images/${id}/members`)).json['members'] as Json[];

    beforeEach(async () => {
      id = (await make(alice, { name: 'shared' }))['id'] as string;
    });

    it('share an image with a project', async () => {
      expect((await ask(alice, 'PUT', `/images/${id}/members/builders`)).status).toBe(204);
      expect(await members()).toEqual([{ member_id: 'builders', can_share: false }]);
      expect((await ask(bob, 'GET', `/images/${id}`)).status).toBe(200);
      expect((await names(bob, '')).join()).toBe('shared');
      const { json } = await ask(bob, 'GET', '/shared-images/builders');
      expect(json).toEqual({ shared_images: [{ image_id: id, can_share: false }] });
      expect((await ask(bob, 'PUT', `/images/${id}`, { image: { name: 'mine' } })).status).toBe(404);
    });

    it('pass it on only when they may', async () => {
      const share = () => ask(bob, 'PUT', `/images/${id}/members/others`);
      expect((await share()).status).toBe(404);
      await ask(alice, 'PUT', `/images/${id}/members/builders`);
      expect((await share()).status).toBe(403);
      await ask(alice, 'PUT', `/images/${id}/members/builders`, { member: { can_share: true } });
      expect((await share()).status).toBe(204);
      expect(await members(admin)).toHaveLength(2);
    });

    it('go, and come back', async () => {
      await ask(alice, 'PUT', `/images/${id}/members/builders`);
      expect((await ask(alice, 'DELETE', `/images/${id}/members/builders`)).status).toBe(204);
      expect((await ask(alice, 'DELETE', `/images/${id}/members/builders`)).status).toBe(404);
      expect((await ask(bob, 'GET', `/images/${id}`)).status).toBe(404);
      await ask(alice, 'PUT', `/images/${id}/members/builders`);
      expect(await members()).toHaveLength(1);
    });

    it('are replaced as a whole', async () => {
      await ask(alice, 'PUT', `/images/${id}/members/old`);
      await ask(alice, 'PUT', `/images/${id}/members/kept`, { member: { can_share: true } });
      const body = { memberships: [{ member_id: 'kept' }, { member_id: 'new', can_share: true }] };
      expect((await ask(alice, 'PUT', `/images/${id}/members`, body)).status).toBe(204);
      expect(await members()).toEqual([
        { member_id: 'kept', can_share: true },
        { member_id: 'new', can_share: true },
      ]);
    });

    it.each([
      ['members', { memberships: 'x' }],
      ['members', { memberships: [{}] }],
      ['members/a', { member: {} }],
    ])('answer 400 to PUT %s with %j', async (path, body) => {
      expect((await ask(alice, 'PUT', `/images/${id}/${path}`, body)).status).toBe(400);
    });

    it('answer 401 to a caller without a project', async () => {
      expect((await ask(nobody, 'PUT', `/images/${id}/members/a`)).status).toBe(401);
    });
  });

  describe('other methods and paths', () => {
    it.each([
      ['POST', '/images/x/members', 'GET, PUT'],
      ['GET', '/images/x/members/y', 'PUT, DELETE'],
      ['DELETE', '/images', 'GET, POST'],
      ['POST', '/v1/images/x', 'GET, PUT, DELETE'],
    ])('answer 405 to %s %s', async (method, path, allow) => {
      const { status, headers } = await ask(alice, method, path);
      expect([status, headers.get('allow')]).toEqual([405, allow]);
    });

    it('answer 404 to a path that is none', async () => {
      expect((await ask(alice, 'GET', '/flavors')).status).toBe(404);
    });
  });
});
