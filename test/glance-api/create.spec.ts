import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { admin, alice, FORMATS, Glance, OCTETS, until } from './support/glance';

let glance: Glance;
beforeAll(async () => {
  glance = await Glance.start();
});
afterAll(() => glance.stop());

const bytes = Buffer.from('the bytes of an image');
const md5 = createHash('md5').update(bytes).digest('hex');

async function* unmeasured(...chunks: Buffer[]) {
  yield* chunks;
}

describe('POST /v1/images', () => {
  it('makes a queued image', async () => {
    const { status, image, headers } = await glance.create(alice, { 'x-image-meta-name': 'a' });
    expect(status).toBe(201);
    expect(image).toMatchObject({ name: 'a', status: 'queued', size: 0, owner: 'wonderland', is_public: false });
    expect(headers.get('location')).toBe(`/v1/images/${image['id']}`);
    expect(image).not.toHaveProperty('location');
    expect(image).not.toHaveProperty('location_data');
  });

  it.each([
    ['with a length', () => bytes],
    ['without', () => unmeasured(bytes.subarray(0, 5), bytes.subarray(5))],
  ])('takes data sent %s and is active', async (_, data) => {
    const { status, image, headers } = await glance.create(alice, {}, data());
    expect([status, image['status'], image['size'], image['checksum']]).toEqual([201, 'active', bytes.length, md5]);
    expect(headers.get('etag')).toBe(md5);
    expect(glance.files()).toContain(image['id']);
    const { text } = await glance.ask(alice, 'GET', `/v1/images/${image['id']}`);
    expect(text).toBe(bytes.toString());
  });

  it('is active at once when its size is said to be 0', async () => {
    const { image } = await glance.create(alice, { 'x-image-meta-size': '0' });
    expect(image).toMatchObject({ status: 'active', size: 0 });
  });

  it('takes size and checksum that are right', async () => {
    const promise = { 'x-image-meta-size': String(bytes.length), 'x-image-meta-checksum': md5 };
    expect((await glance.create(alice, promise, bytes)).status).toBe(201);
  });

  it.each([
    ['size', { 'x-image-meta-size': '7' }],
    ['checksum', { 'x-image-meta-checksum': 'f'.repeat(32) }],
  ])('kills an image whose %s is not as promised, and drops its data', async (field, promise) => {
    const id = randomUUID();
    const { status, text } = await glance.create(alice, { 'x-image-meta-id': id, ...promise }, bytes);
    expect([status, text]).toEqual([400, expect.stringContaining(field)]);
    expect(await glance.statusOf(id)).toBe('killed');
    expect(glance.files()).not.toContain(id);
  });

  it('kills an image whose data is said to be something else', async () => {
    const id = randomUUID();
    const headers = { 'x-image-meta-id': id, 'content-type': 'application/json' };
    const { status, text } = await glance.create(alice, headers, bytes);
    expect([status, text]).toEqual([400, expect.stringContaining('application/octet-stream')]);
    expect(await glance.statusOf(id)).toBe('killed');
  });

  it('answers with whatever text its fields have', async () => {
    const text = Buffer.from('\u2713 one\ttwo').toString('latin1');
    const { image } = await glance.create(alice, { 'x-image-meta-name': text, 'x-image-meta-checksum': text });
    const answer = await glance.ask(alice, 'HEAD', `/v1/images/${image['id']}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe(Buffer.from('\u2713 one two').toString('latin1'));
  });

  it('answers 409 to an id that is taken', async () => {
    const { image } = await glance.create(alice);
    expect((await glance.create(alice, { 'x-image-meta-id': image['id'] as string })).status).toBe(409);
  });

  it.each([
    ['a disk format that is none', { 'x-image-meta-disk_format': 'floppy' }],
    ['a container format that is none', { 'x-image-meta-container_format': 'box' }],
    ['formats that do not go together', { 'x-image-meta-disk_format': 'aki' }],
    ['a name of 256 characters', { 'x-image-meta-name': 'n'.repeat(256) }],
    ['a checksum of 33 digits', { 'x-image-meta-checksum': 'f'.repeat(33) }],
    ['a time that is none', { 'x-image-meta-created_at': 'yesterday' }],
    ['a field that is none', { 'x-image-meta-colour': 'red' }],
    ['a size that is none', { 'x-image-meta-size': '-1' }],
    ['an image larger than the cap', { 'x-image-meta-size': '1099511627777' }],
    ['an unknown store', { 'x-image-meta-store': 'tape' }],
  ])('answers 400 to %s', async (_, headers) => {
    expect((await glance.create(alice, headers)).status).toBe(400);
  });

  it('refuses data for an image without formats', async () => {
    const id = randomUUID();
    const headers = { 'x-image-meta-id': id, ...OCTETS };
    const { status } = await glance.ask(alice, 'POST', '/v1/images', headers, bytes);
    expect([status, await glance.statusOf(id)]).toEqual([400, 'queued']);
  });

  it('answers 403 to a public image of a user', async () => {
    expect((await glance.create(alice, { 'x-image-meta-is_public': 'True' })).status).toBe(403);
    expect((await glance.create(admin, { 'x-image-meta-is_public': 'True' })).image['is_public']).toBe(true);
  });

  it('refuses more properties than the quota', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 129 }, (_, i) => [`x-image-meta-property-p${i}`, 'v'] as [string, string]),
    );
    expect((await glance.create(alice, many)).status).toBe(413);
  });

  it('answers a refusal although a large body is on its way', async () => {
    const large = Buffer.alloc(8 * 1024 * 1024);
    const { status } = await glance.create(alice, { 'content-type': 'text/plain' }, large);
    expect(status).toBe(400);
    expect((await glance.create(alice)).status).toBe(201);
  });

  it('kills the image when its client goes away, and leaves no file', async () => {
    const { image } = await glance.create(alice);
    const id = image['id'] as string;
    await glance.uploadAndLeave(id, bytes, 1000, () => until(async () => (await glance.statusOf(id)) === 'saving'));
    await until(async () => (await glance.statusOf(id)) === 'killed');
    expect(glance.files().filter((name) => name.startsWith(id))).toEqual([]);
  });

  it('drops the data of an image that is deleted during the upload', async () => {
    const { image } = await glance.create(alice);
    const id = image['id'] as string;
    let go: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => (go = resolve));
    async function* slowly() {
      yield bytes;
      await gone;
      yield bytes;
    }
    const upload = glance.ask(alice, 'PUT', `/v1/images/${id}`, OCTETS, slowly());
    await until(async () => (await glance.statusOf(id)) === 'saving');
    expect((await glance.ask(alice, 'DELETE', `/v1/images/${id}`)).status).toBe(200);
    go();
    expect((await upload).status).toBe(412);
    expect(glance.files().filter((name) => name.startsWith(id))).toEqual([]);
  });
});

describe('external sources', () => {
  let source: Server;
  let url: string;
  beforeAll(async () => {
    source = createServer((request, response) => {
      if (request.url === '/missing') response.writeHead(404).end();
      else if (request.url === '/endless') response.writeHead(200).write('x');
      else response.writeHead(200, { 'content-length': bytes.length }).end(request.method === 'HEAD' ? '' : bytes);
    });
    await once(source.listen(0, '127.0.0.1'), 'listening');
    url = `http://127.0.0.1:${(source.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    source.closeAllConnections();
    await once(source.close(), 'close');
  });

  it('takes a location whose bytes stay where they are, with the size from there', async () => {
    const { status, image, text } = await glance.create(admin, { 'x-image-meta-location': `${url}/image` });
    expect([status, image['status'], image['size']]).toEqual([201, 'active', bytes.length]);
    expect(text).not.toContain(url);
    expect(await glance.row(image['id'] as string)).toMatchObject({ location: `${url}/image` });
  });

  it('answers 409 when the size differs', async () => {
    const headers = { 'x-image-meta-location': `${url}/image`, 'x-image-meta-size': '3' };
    expect((await glance.create(admin, headers)).status).toBe(409);
  });

  it.each([
    ['file:///etc/passwd', 400],
    ['filesystem:///etc/passwd', 400],
    ['swift+config://ref1/container/object', 400],
    ['rbd://image', 400],
    ['http://169.254.169.254/latest', 400],
    ['http://[fe80::1]/image', 400],
    ['http://[::ffff:169.254.169.254]/', 400],
    ['http://2852039166/', 400],
  ])('answers to %s with %i, as location and as a source', async (location, status) => {
    expect((await glance.create(admin, { 'x-image-meta-location': location })).status).toBe(status);
    expect((await glance.create(alice, { 'x-glance-api-copy-from': location })).status).toBe(status);
  });

  it('answers 404 to a location without bytes, 403 to a user who names one, 400 to two sources', async () => {
    expect((await glance.create(admin, { 'x-image-meta-location': `${url}/missing` })).status).toBe(404);
    expect((await glance.create(alice, { 'x-image-meta-location': `${url}/image` })).status).toBe(403);
    const both = { 'x-image-meta-location': `${url}/image`, 'x-glance-api-copy-from': `${url}/image` };
    expect((await glance.create(admin, both)).status).toBe(400);
    expect((await glance.create(admin, { 'x-glance-api-copy-from': `${url}/image` }, bytes)).status).toBe(400);
  });

  it('copies in the background', async () => {
    const { status, image } = await glance.create(alice, { 'x-glance-api-copy-from': `${url}/image` });
    expect([status, image['status']]).toEqual([201, 'queued']);
    const id = image['id'] as string;
    await until(async () => (await glance.statusOf(id)) === 'active');
    expect((await glance.meta(id)).get('x-image-meta-checksum')).toBe(md5);
  });

  it('kills an image that cannot be copied', async () => {
    const headers = { 'x-glance-api-copy-from': `${url}/missing`, 'x-image-meta-size': '5', ...FORMATS };
    const { image } = await glance.create(alice, headers);
    await until(async () => (await glance.statusOf(image['id'] as string)) === 'killed');
  });

  it('ends a copy that hangs when glance-api stops', async () => {
    const own = await Glance.start();
    const headers = { 'x-glance-api-copy-from': `${url}/endless`, 'x-image-meta-size': '5' };
    const { image } = await own.create(alice, headers);
    await until(async () => (await own.statusOf(image['id'] as string)) === 'saving');
    await own.api.close();
    expect(await own.row(image['id'] as string)).toMatchObject({ status: 'killed' });
    expect(own.files()).toEqual([]);
    await own.stop();
  });
});

describe('limits', () => {
  let small: Glance;
  beforeAll(async () => {
    small = await Glance.start({ image_size_cap: '100', user_storage_quota: '150B' });
  });
  afterAll(() => small.stop());

  it('refuses data over the cap: 400 when the length says so, 413 when it turns out', async () => {
    expect((await small.create(alice, {}, Buffer.alloc(101))).status).toBe(400);
    const id = randomUUID();
    const { status } = await small.create(
      alice,
      { 'x-image-meta-id': id },
      unmeasured(Buffer.alloc(60), Buffer.alloc(60)),
    );
    expect([status, await small.statusOf(id), small.files()]).toEqual([413, 'killed', []]);
  });

  it("refuses what exceeds a project's quota", async () => {
    expect((await small.create(alice, {}, Buffer.alloc(90))).status).toBe(201);
    const id = randomUUID();
    expect((await small.create(alice, { 'x-image-meta-id': id }, Buffer.alloc(61))).status).toBe(413);
    expect(await small.statusOf(id)).toBe('killed');
    expect(small.files()).toHaveLength(1);
    expect((await small.create(alice, {}, Buffer.alloc(60))).status).toBe(201);
    expect((await small.create(admin, {}, Buffer.alloc(90))).status).toBe(201);
  });
});
