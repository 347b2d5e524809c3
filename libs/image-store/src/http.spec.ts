import { glanceApiConf, loadConf, storeException } from '@bootlab/openstack';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStores, StoreBackend } from '.';

describe('http store', () => {
  const home = mkdtempSync(join(tmpdir(), 'bootlab-store-'));
  const bytes = randomBytes(500_000);
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization);
    const [, what, count] = (request.url ?? '').split('/');
    if (what === 'image') response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    else if (what === 'redirect')
      response.writeHead(302, { location: Number(count) > 1 ? `/redirect/${Number(count) - 1}` : '/image' }).end();
    else if (what === 'malformed') response.writeHead(302, { location: 'http://[' }).end();
    else if (what === 'nowhere') response.writeHead(301).end();
    else if (what === 'metadata') response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
    else if (what === 'elsewhere') response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    else response.writeHead(Number(what)).end('no image');
  });
  let backend: StoreBackend;
  let base: string;

  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    base = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    backend = createStores(loadConf(glanceApiConf, { BOOTLAB_HOME: home, BOOTLAB_ETC: home }).glance_store);
  });
  afterAll(async () => {
    await backend.close();
    server.close();
    await once(server, 'close');
    rmSync(home, { recursive: true });
  });

  async function get(uri: string, options = {}): Promise<Buffer> {
    const { chunks } = await backend.getStoreFromUri(uri).get(backend.getLocationFromUri(uri), options);
    const parts: Buffer[] = [];
    for await (const chunk of chunks) parts.push(Buffer.from(chunk));
    return Buffer.concat(parts);
  }

  it('gives the bytes and their number', async () => {
    expect((await get(`http://${base}/image`)).equals(bytes)).toBe(true);
    expect(await backend.getSizeFromBackend(`http://${base}/image`)).toBe(bytes.length);
  });

  it('follows five redirects and no sixth', async () => {
    expect((await get(`http://${base}/redirect/5`)).equals(bytes)).toBe(true);
    await expect(get(`http://${base}/redirect/6`)).rejects.toThrow(storeException.MaxRedirectsExceeded);
  });

  it.each([
    ['404', storeException.NotFound],
    ['403', storeException.BadStoreUri],
    ['500', storeException.BadStoreUri],
    ['303', storeException.BadStoreUri],
    ['nowhere', storeException.BadStoreUri],
    ['malformed', storeException.BadStoreUri],
    ['elsewhere', storeException.BadStoreUri],
    ['metadata', storeException.BadStoreUri],
  ])('ends %s in its own exception', async (path, exception) => {
    await expect(get(`http://${base}/${path}`)).rejects.toThrow(exception);
  });

  it('says that a server is out of reach', async () => {
    await expect(get('http://127.0.0.1:9/image')).rejects.toThrow(storeException.RemoteServiceUnavailable);
  });

  it('sends the user of the location, and never shows the password', async () => {
    await get(`http://me:se%20cret@${base}/image`);
    expect(seen.at(-1)).toBe(`Basic ${Buffer.from('me:se cret').toString('base64')}`);
    await expect(get(`http://me:secret@${base}/403`)).rejects.toThrow(/^http:\/\/127(?!.*secret)/);
    expect(() => backend.getLocationFromUri('http://me:secret@')).toThrow(/^(?!.*secret)/);
    expect(() => backend.getLocationFromUri('http://%zz@host/')).toThrow(storeException.BadStoreUri);
  });

  it('reads whole images only, and takes none', async () => {
    await expect(get(`http://${base}/image`, { offset: 5 })).rejects.toThrow(storeException.StoreRandomGetNotSupported);
    const store = backend.getStoreFromScheme('http');
    await expect(store.add('id', (async function* () {})(), 0)).rejects.toThrow(storeException.StoreAddDisabled);
    await expect(store.delete(backend.getLocationFromUri(`http://${base}/image`))).rejects.toThrow(
      storeException.StoreDeleteNotSupported,
    );
  });
});
