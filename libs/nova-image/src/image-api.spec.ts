import { GlanceClient } from '@bootlab/glanceclient';
import { novaException, OpenStackException, RequestContext } from '@bootlab/openstack';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, IncomingMessage, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImageApi } from './api';
import { GlanceImageService } from './glance';
import { GlanceClientWrapper } from './glance-client-wrapper';

const context = new RequestContext({ userId: 'ann', projectId: 'lab', roles: ['member'] });
const servers: Server[] = [];

async function glance(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function images(...api_servers: string[]): ImageApi {
  return new ImageApi({ api_servers, num_retries: 0, timeout: 5 });
}

const cirros = {
  'x-image-meta-id': 'a1',
  'x-image-meta-name': 'cirros',
  'x-image-meta-status': 'active',
  'x-image-meta-size': '5',
  'x-image-meta-is_public': 'False',
  'x-image-meta-property-mappings': '[{"virtual": "ami", "device": "sda1"}]',
};

afterAll(async () => {
  await GlanceClient.close();
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
});

describe('ImageApi.get', () => {
  it("asks by HEAD as the user and gives nova's image dict", async () => {
    const asked: IncomingMessage[] = [];
    const url = await glance((request, response) => {
      asked.push(request);
      response.writeHead(200, cirros).end();
    });
    const image = await images(url).get(context, 'a1');
    expect(image).toMatchObject({ id: 'a1', name: 'cirros', status: 'active', size: 5, min_ram: 0, checksum: null });
    expect(image.properties).toEqual({ mappings: [{ virtual: 'ami', device: 'sda1' }] });
    expect(asked[0]).toMatchObject({ method: 'HEAD', url: '/v1/images/a1' });
    expect(asked[0]?.headers).toMatchObject({ 'x-user-id': 'ann', 'x-openstack-request-id': context.requestId });
  });

  it('asks the server that a URL names', async () => {
    const url = await glance((request, response) =>
      response.writeHead(200, { ...cirros, 'x-image-meta-name': request.url! }).end(),
    );
    const { name } = await images('http://127.0.0.1:1').get(context, `${url}/v1/images/a1`);
    expect(name).toBe('/v1/images/a1');
    await expect(images(url).get(context, 'images/a1')).rejects.toThrow(novaException.InvalidImageRef);
  });

  it('does not find a deleted image, nor one that nobody but its owner may see', async () => {
    const deleted = await glance((_, response) =>
      response.writeHead(200, { ...cirros, 'x-image-meta-deleted': 'True' }).end(),
    );
    await expect(images(deleted).get(context, 'a1')).rejects.toThrow(novaException.ImageNotFound);
    const hidden = await glance((_, response) => response.writeHead(200, cirros).end());
    await expect(images(hidden).get(new RequestContext(), 'a1')).rejects.toThrow(novaException.ImageNotFound);
  });

  it.each<[number, new () => OpenStackException]>([
    [400, novaException.ImageBadRequest],
    [401, novaException.ImageNotAuthorized],
    [403, novaException.ImageNotAuthorized],
    [404, novaException.ImageNotFound],
    [503, novaException.GlanceConnectionFailed],
  ])('turns %i into its own exception', async (status, exception) => {
    const url = await glance((_, response) => response.writeHead(status).end());
    await expect(images(url).get(context, 'a1')).rejects.toThrow(exception);
  });

  it('passes an answer on that nobody expects', async () => {
    const url = await glance((_, response) => response.writeHead(500).end());
    await expect(images(url).get(context, 'a1')).rejects.toMatchObject({ name: 'HTTPInternalServerError' });
  });

  it('names the server that it cannot reach', async () => {
    await expect(images('http://127.0.0.1:1').get(context, 'a1')).rejects.toThrow(
      /Connection to glance host http:\/\/127.0.0.1:1 failed/,
    );
  });
});

describe('GlanceClientWrapper', () => {
  it('tries the servers in turn, as often as num_retries says', async () => {
    const asked: string[] = [];
    const busy = (name: string) =>
      glance((_, response) => {
        asked.push(name);
        response.writeHead(503).end();
      });
    const api_servers = [await busy('one'), await busy('two')];
    const wrapper = new GlanceClientWrapper({ api_servers, num_retries: 3, timeout: 5 }, 1);
    await expect(new GlanceImageService(wrapper).show(context, 'a1')).rejects.toThrow(
      novaException.GlanceConnectionFailed,
    );
    expect([...asked].sort()).toEqual(['one', 'one', 'two', 'two']);
    expect(asked[0]).not.toBe(asked[1]);
  });

  it('takes the first answer', async () => {
    let tries = 0;
    const url = await glance((_, response) => response.writeHead(++tries < 3 ? 503 : 200, cirros).end());
    const wrapper = new GlanceClientWrapper({ api_servers: [url], num_retries: 5, timeout: 5 }, 1);
    await expect(new GlanceImageService(wrapper).show(context, 'a1')).resolves.toMatchObject({ id: 'a1' });
    expect(tries).toBe(3);
  });
});

describe('ImageApi.download', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bootlab-download-'));
  const path = join(folder, 'a1.part');
  const bytes = Buffer.alloc(3_000_000, 'image ');

  afterAll(() => rmSync(folder, { recursive: true }));

  function serving(body: Buffer, headers: Record<string, string> = {}) {
    return glance((_, response) => response.writeHead(200, { ...cirros, ...headers }).end(body));
  }

  it('writes the bytes of the image', async () => {
    const checksum = createHash('md5').update(bytes).digest('hex');
    const url = await serving(bytes, { 'x-image-meta-checksum': checksum });
    expect(await images(url).download(context, 'a1', path)).toBe(bytes.length);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('makes an empty file of an empty image', async () => {
    const url = await serving(Buffer.alloc(0), { 'content-length': '0' });
    expect(await images(url).download(context, 'a1', path)).toBe(0);
    expect(readFileSync(path)).toHaveLength(0);
  });

  it('leaves no file when the bytes are not those of the checksum', async () => {
    const url = await serving(bytes, { 'x-image-meta-checksum': 'd41d8cd98f00b204e9800998ecf8427e' });
    await expect(images(url).download(context, 'a1', path)).rejects.toMatchObject({ name: 'IOError', code: 'EPIPE' });
    expect(existsSync(path)).toBe(false);
  });

  it('leaves no file when the connection breaks', async () => {
    const url = await glance((_, response) => {
      response.writeHead(200, { ...cirros, 'content-length': '100000' });
      response.write(Buffer.alloc(50_000), () => response.destroy());
    });
    await expect(images(url).download(context, 'a1', path)).rejects.toMatchObject({ name: 'CommunicationError' });
    expect(existsSync(path)).toBe(false);
  });

  it('does not find what glance does not have', async () => {
    const url = await glance((_, response) => response.writeHead(404).end('gone'));
    await expect(images(url).download(context, 'a1', path)).rejects.toThrow(novaException.ImageNotFound);
    expect(existsSync(path)).toBe(false);
  });
});
