import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { imageIdOf, postImage } from '../support/images';
import { OwnLab, startOwnLab } from '../support/own-lab';

const MIB = 1024 * 1024;

interface Server {
  id: string;
  status: string;
  fault?: { code: number; message: string };
}

/** A web server whose image stops after its first bytes until it is released. */
async function stallingWebServer(bytes: Buffer) {
  let stalled: (response: ServerResponse) => void = () => undefined;
  const asked = new Promise<ServerResponse>((resolve) => (stalled = resolve));
  let stall = false;
  const server = createServer((request, response) => {
    response.writeHead(200, { 'content-length': bytes.length });
    if (request.method === 'HEAD') response.end();
    else if (!stall) response.end(bytes);
    else {
      stall = false;
      response.write(bytes.subarray(0, MIB));
      stalled(response);
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/image.raw`,
    stallOnce: () => void (stall = true),
    asked,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

describe('a lab in which things break', () => {
  const bytes = randomBytes(2 * MIB);
  let lab: OwnLab;
  let web: Awaited<ReturnType<typeof stallingWebServer>>;

  beforeAll(async () => {
    web = await stallingWebServer(bytes);
    lab = await startOwnLab();
  }, 60_000);
  afterAll(async () => {
    await lab.stop();
    await web.close();
  }, 30_000);

  const glance = () => lab.urls['glance-api']!;
  const nova = () => lab.urls['compute-api']!;

  const createImage = (headers: Record<string, string>, body?: Buffer) => postImage(glance(), headers, body);

  async function startBoot(imageRef: string): Promise<string> {
    const answer = await fetch(`${nova()}/v2.1/servers`, {
      method: 'POST',
      body: JSON.stringify({ server: { name: 'one', imageRef, flavorRef: '1', networks: 'none' } }),
    });
    expect(answer.status).toBe(202);
    return ((await answer.json()) as { server: Server }).server.id;
  }

  /** Asks until the boot has ended. As in nova, the state changes a moment before the fault is written. */
  async function ended(id: string): Promise<Server> {
    for (;;) {
      const { server } = (await (await fetch(`${nova()}/v2.1/servers/${id}`)).json()) as { server: Server };
      if (server.status !== 'BUILD' && (server.status !== 'ERROR' || server.fault)) return server;
    }
  }

  const cacheFiles = () => readdirSync(join(lab.home, 'instances', '_base'));

  it('ends in ERROR when the stored bytes differ from the checksum, and keeps none of them', async () => {
    const id = await imageIdOf(await createImage({}, bytes));
    const stored = Buffer.from(bytes);
    stored[MIB] = (stored[MIB]! + 1) % 256;
    writeFileSync(join(lab.home, 'images', id), stored);
    const before = cacheFiles();
    const server = await ended(await startBoot(id));
    expect(server).toMatchObject({ status: 'ERROR', fault: { code: 500 } });
    expect(server.fault?.message).toMatch(/md5|checksum/i);
    expect(cacheFiles()).toEqual(before);
  });

  it('ends in ERROR when the stored image is cut short, and keeps none of it', async () => {
    const id = await imageIdOf(await createImage({}, bytes));
    truncateSync(join(lab.home, 'images', id), MIB);
    const before = cacheFiles();
    expect(await ended(await startBoot(id))).toMatchObject({ status: 'ERROR' });
    expect(cacheFiles()).toEqual(before);
  });

  it.each([
    ['a file of the machine', 'file:///etc/passwd'],
    ["a cloud's metadata service", 'http://169.254.169.254/latest'],
    ['a scheme that no store serves', 'ftp://127.0.0.1/image'],
  ])('refuses %s as the location of an image', async (_, location) => {
    const answer = await createImage({ 'x-image-meta-location': location });
    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toMatch(/\bat .*\.js:\d+/);
  });

  it('refuses a body of 5 MB', async () => {
    const answer = await fetch(`${nova()}/v2.1/servers`, {
      method: 'POST',
      body: JSON.stringify({ server: { name: 'x'.repeat(5_000_000) } }),
    });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ overLimit: { code: 413 } });
  });

  it('sets an instance to ERROR whose compute-manager was killed in mid-build, and builds the next one', async () => {
    const id = await imageIdOf(
      await createImage({ 'x-image-meta-location': web.url, 'x-image-meta-size': String(bytes.length) }),
    );
    web.stallOnce();
    const server = await startBoot(id);
    await web.asked;
    process.kill(lab.pids['compute-manager']!, 'SIGKILL');
    expect(await ended(server)).toMatchObject({ status: 'ERROR', fault: { code: 500 } });
    expect(cacheFiles().filter((name) => name.endsWith('.part'))).toEqual([]);
    const { stdout } = await lab.bootlab('boot', '--image', id, '--flavor', '1', '--wait', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ server: { status: 'ACTIVE' } });
  }, 60_000);
});

describe('a lab whose disk is full', () => {
  it('answers an upload with 413, ends a boot in ERROR, and leaves nothing half-written', async () => {
    const web = await stallingWebServer(randomBytes(24 * MIB));
    // A limit on the size of a file stands for the full disk: both end a write with an error of the system.
    const lab = await startOwnLab({}, { largestFileMib: 16 });
    try {
      const headers = {
        'x-image-meta-name': 'big',
        'x-image-meta-disk_format': 'raw',
        'x-image-meta-container_format': 'bare',
      };
      const upload = await fetch(`${lab.urls['glance-api']}/v1/images`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/octet-stream' },
        body: new Uint8Array(24 * MIB),
      });
      expect(upload.status).toBe(413);
      expect(readdirSync(join(lab.home, 'images'))).toEqual([]);

      const located = await fetch(`${lab.urls['glance-api']}/v1/images`, {
        method: 'POST',
        headers: { ...headers, 'x-image-meta-location': web.url, 'x-image-meta-size': String(24 * MIB) },
      });
      const { image } = (await located.json()) as { image: { id: string } };
      await expect(lab.bootlab('boot', '--image', image.id, '--flavor', '1', '--wait', '--json')).rejects.toMatchObject(
        {
          stdout: expect.stringContaining('"ERROR"'),
        },
      );
      expect(readdirSync(join(lab.home, 'instances', '_base'))).toEqual([]);
    } finally {
      await lab.stop();
      await web.close();
    }
  }, 60_000);
});
