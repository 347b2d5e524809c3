import { glanceclientException, IOError, RequestContext } from '@bootlab/openstack';
import { createHash } from 'node:crypto';
import { createServer, IncomingMessage, RequestListener, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { GlanceClient } from './index';

const context = new RequestContext({ requestId: 'req-1', userId: 'u1', projectId: 'p1', roles: ['member'] });
const id = '6f5e1c2a-0000-4000-8000-000000000001';
const servers: Server[] = [];

async function client(answer: RequestListener, timeoutSeconds = 5): Promise<GlanceClient> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return new GlanceClient({ endpoint: `http://127.0.0.1:${port}/`, timeoutSeconds });
}

async function read(chunks: AsyncIterable<Buffer> | null): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of chunks ?? []) parts.push(chunk);
  return Buffer.concat(parts);
}

const utf8 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
const md5 = (data: Buffer) => createHash('md5').update(data).digest('hex');

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});
afterAll(() => GlanceClient.close());

describe('ImageManager.get', () => {
  it('reads the metadata from the headers, with types', async () => {
    const seen: IncomingMessage[] = [];
    const { images } = await client((request, response) => {
      seen.push(request);
      response.writeHead(200, {
        'x-image-meta-id': id,
        'x-image-meta-name': utf8('Größe 語'),
        'x-image-meta-status': 'active',
        'x-image-meta-size': '10',
        'x-image-meta-is_public': 'True',
        'x-image-meta-protected': 'False',
        'x-image-meta-min_ram': '64',
        'x-image-meta-property-hw_disk_bus': 'virtio',
      });
      response.end();
    });
    expect(await images.get(context, id)).toMatchObject({
      id,
      name: 'Größe 語',
      status: 'active',
      size: 10,
      virtual_size: null,
      checksum: null,
      is_public: true,
      protected: false,
      min_ram: 64,
      min_disk: 0,
      properties: { hw_disk_bus: 'virtio' },
    });
    expect(seen[0]).toMatchObject({ method: 'HEAD', url: `/v1/images/${id}` });
    expect(seen[0]?.headers).toMatchObject({
      'x-openstack-request-id': 'req-1',
      'x-user-id': 'u1',
      'x-project-id': 'p1',
      'x-roles': 'member',
    });
  });

  it.each([
    [300, 'HTTPMultipleChoices'],
    [400, 'HTTPBadRequest'],
    [401, 'HTTPUnauthorized'],
    [403, 'HTTPForbidden'],
    [404, 'HTTPNotFound'],
    [409, 'HTTPConflict'],
    [413, 'HTTPOverLimit'],
    [418, 'HTTPException'],
    [500, 'HTTPInternalServerError'],
    [503, 'HTTPServiceUnavailable'],
  ])('raises for status %i a %s', async (status, name) => {
    const { images } = await client((_request, response) => response.writeHead(status).end());
    await expect(images.get(context, id)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(`${status}`),
    });
  });

  it('says CommunicationError when nobody listens', async () => {
    const { images } = await client(() => undefined);
    servers[0]?.close();
    await expect(images.get(context, id)).rejects.toBeInstanceOf(glanceclientException.CommunicationError);
  });

  it('says InvalidEndpoint when no answer comes in time', async () => {
    const { images } = await client(() => undefined, 0.05);
    await expect(images.get(context, id)).rejects.toBeInstanceOf(glanceclientException.InvalidEndpoint);
  });
});

describe('error bodies', () => {
  it.each([
    [
      'text/html',
      '<html>\n <h1>404 Not Found</h1>\n No image &quot;x&quot;<br /><br />\n</html>',
      '404 Not Found: No image "x"',
    ],
    ['application/json', '{"message": "No image", "code": "404 Not Found", "title": "Not Found"}', 'No image'],
    ['application/json', '{"itemNotFound": {"message": "No image"}}', 'No image'],
    ['text/plain', 'No image\n\n', 'No image'],
  ])('keeps the words of %s', async (type, body, words) => {
    const { images } = await client((_request, response) =>
      response.writeHead(404, { 'content-type': type }).end(body),
    );
    await expect(images.data(context, id)).rejects.toMatchObject({ message: `${words} (HTTP 404)` });
  });
});

describe('ImageManager.data', () => {
  const bytes = Buffer.alloc(300_000, 'glance');

  it('streams the bytes and finds their checksum right', async () => {
    const { images } = await client((_request, response) =>
      response.writeHead(200, { 'x-image-meta-id': id, 'x-image-meta-checksum': md5(bytes) }).end(bytes),
    );
    const { meta, chunks } = await images.data(context, id);
    expect(meta.id).toBe(id);
    expect((await read(chunks)).equals(bytes)).toBe(true);
  });

  it('raises an IOError with EPIPE when the bytes have another checksum', async () => {
    const { images } = await client((_request, response) =>
      response.writeHead(200, { 'x-image-meta-checksum': md5(Buffer.from('other')) }).end(bytes),
    );
    const { chunks } = await images.data(context, id);
    const failure: unknown = await read(chunks).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(IOError);
    expect(failure).toMatchObject({ name: 'IOError', code: 'EPIPE' });
  });

  it('raises CommunicationError when the connection breaks under way', async () => {
    const { images } = await client((_request, response) => {
      response.writeHead(200, { 'content-length': String(bytes.length * 2) });
      response.write(bytes, () => response.destroy());
    });
    const { chunks } = await images.data(context, id);
    await expect(read(chunks)).rejects.toBeInstanceOf(glanceclientException.CommunicationError);
  });

  it.each([200, 204])('has no chunks for an empty body (%i)', async (status) => {
    const { images } = await client((_request, response) =>
      response.writeHead(status, status === 200 ? { 'content-length': '0' } : {}).end(),
    );
    expect((await images.data(context, id)).chunks).toBeNull();
  });
});

describe('ImageManager.list', () => {
  it('asks page by page, after the last image of the one before', async () => {
    const asked: string[] = [];
    const { images } = await client((request, response) => {
      asked.push(request.url ?? '');
      const { searchParams } = new URL(request.url ?? '', 'http://glance');
      const start = Number(searchParams.get('marker') ?? 0);
      const page = [1, 2].map((n) => start + n).filter((n) => n <= 3);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ images: page.map((n) => ({ id: String(n), status: 'active', size: n })) }));
    });
    const found = await images.list(context, { pageSize: 2, isPublic: null, filters: { status: 'active' } });
    expect(found.map((image) => image.id)).toEqual(['1', '2', '3']);
    expect(asked).toEqual([
      '/v1/images/detail?limit=2&is_public=None&status=active',
      '/v1/images/detail?limit=2&marker=2&is_public=None&status=active',
    ]);
    expect(await images.list(context, { pageSize: 2, limit: 1 })).toHaveLength(1);
  });
});

describe('ImageManager.create and update', () => {
  async function echo(): Promise<{ client: GlanceClient; received: { request: IncomingMessage; body: Buffer }[] }> {
    const received: { request: IncomingMessage; body: Buffer }[] = [];
    const made = await client((request, response) => {
      void read(request).then((body) => {
        received.push({ request, body });
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ image: { id, status: 'active', size: body.length, is_public: true } }));
      });
    });
    return { client: made, received };
  }

  it('sends metadata in headers and the bytes in the body, and tells the progress', async () => {
    const { client: glance, received } = await echo();
    const bytes = Buffer.alloc(200_000, 1);
    const progress: number[] = [];
    const image = await glance.images.create(
      context,
      { name: 'Größe', size: bytes.length, is_public: true, properties: { os_distro: 'debian' } },
      Readable.from([bytes.subarray(0, 150_000), bytes.subarray(150_000)]),
      (sent) => progress.push(sent),
    );
    expect(image).toMatchObject({ id, size: bytes.length, is_public: true });
    expect(progress).toEqual([150_000, 200_000]);
    expect(received[0]?.body.equals(bytes)).toBe(true);
    expect(received[0]?.request).toMatchObject({ method: 'POST', url: '/v1/images' });
    expect(received[0]?.request.headers).toMatchObject({
      'x-image-meta-name': utf8('Größe'),
      'x-image-meta-size': '200000',
      'x-image-meta-is_public': 'true',
      'x-image-meta-property-os_distro': 'debian',
      'content-type': 'application/octet-stream',
      'content-length': '200000',
    });
  });

  it('sends bytes of unknown number in chunks', async () => {
    const { client: glance, received } = await echo();
    await glance.images.create(context, { name: 'a' }, Readable.from([Buffer.from('abc')]));
    expect(received[0]?.request.headers).toMatchObject({ 'transfer-encoding': 'chunked' });
    expect(received[0]?.body.toString()).toBe('abc');
  });

  it('keeps properties on update unless told to purge them', async () => {
    const { client: glance, received } = await echo();
    await glance.images.update(context, id, { name: 'b' });
    await glance.images.update(context, id, { copy_from: 'http://x/y' }, { purgeProps: true });
    expect(received.map(({ request }) => request.headers)).toMatchObject([
      { 'x-glance-registry-purge-props': 'false', 'x-image-meta-name': 'b' },
      { 'x-glance-registry-purge-props': 'true', 'x-glance-api-copy-from': 'http://x/y' },
    ]);
  });

  it('refuses what no header can carry', async () => {
    const { client: glance } = await echo();
    await expect(glance.images.create(context, { name: 'a\r\nb' })).rejects.toMatchObject({
      name: 'HTTPBadRequest',
      message: expect.stringContaining('x-image-meta-name'),
    });
    await expect(glance.images.create(context, { properties: { 'a b': 'c' } })).rejects.toMatchObject({
      name: 'HTTPBadRequest',
    });
  });
});
