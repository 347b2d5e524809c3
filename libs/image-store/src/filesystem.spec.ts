import { glanceApiConf, loadConf, storeException } from '@bootlab/openstack';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStores, StoreBackend } from '.';

const ID = '0b7f8d4e-6f0c-4a53-8d0b-0a3c8f5c1d2e';

async function* pieces(bytes: Buffer, size = 100_000): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function joined(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of chunks) parts.push(Buffer.from(chunk));
  return Buffer.concat(parts);
}

describe('file store', () => {
  const home = mkdtempSync(join(tmpdir(), 'bootlab-store-'));
  const datadir = join(home, 'images');
  const bytes = randomBytes(3_500_000);
  let backend: StoreBackend;

  beforeAll(() => {
    const env = {
      BOOTLAB_HOME: home,
      BOOTLAB_ETC: home,
      BOOTLAB_GLANCE_API__GLANCE_STORE__FILESYSTEM_STORE_FILE_PERM: '400',
    };
    backend = createStores(loadConf(glanceApiConf, env).glance_store);
  });
  afterEach(() => {
    for (const name of readdirSync(datadir)) rmSync(join(datadir, name));
  });
  afterAll(async () => {
    await backend.close();
    rmSync(home, { recursive: true });
  });

  const add = (id = ID, data = pieces(bytes)) =>
    backend.storeAddToBackend(id, data, bytes.length, backend.defaultStore);
  const at = (uri: string) => ({ location: backend.getLocationFromUri(uri), store: backend.getStoreFromUri(uri) });
  const uriOf = (id: string) => `file://${join(datadir, id)}`;

  it('keeps the bytes under the image id, with their MD5 and mode', async () => {
    const added = await add();
    expect(added).toEqual({
      uri: uriOf(ID),
      size: bytes.length,
      checksum: createHash('md5').update(bytes).digest('hex'),
      metadata: {},
    });
    expect(readFileSync(join(datadir, ID)).equals(bytes)).toBe(true);
    expect(statSync(join(datadir, ID)).mode & 0o777).toBe(0o400);
    expect(readdirSync(datadir)).toEqual([ID]);
    expect(await backend.getSizeFromBackend(uriOf(ID))).toBe(bytes.length);
  });

  it('gives the bytes back, whole or in part', async () => {
    const { uri } = await add();
    const { location, store } = at(uri);
    const whole = await store.get(location);
    expect(whole.size).toBe(bytes.length);
    expect((await joined(whole.chunks)).equals(bytes)).toBe(true);
    const part = await store.get(location, { offset: 1_000_000, chunkSize: 1_500_000 });
    expect((await joined(part.chunks)).equals(bytes.subarray(1_000_000, 2_500_000))).toBe(true);
    const beyond = await store.get(location, { offset: bytes.length - 10, chunkSize: 100 });
    expect((await joined(beyond.chunks)).equals(bytes.subarray(bytes.length - 10))).toBe(true);
  });

  it('ends early when the file was cut, so that the reader can count', async () => {
    const { uri } = await add();
    const { location, store } = at(uri);
    const { chunks } = await store.get(location);
    truncateSync(join(datadir, ID), 1_200_000);
    expect((await joined(chunks)).length).toBe(1_200_000);
  });

  it('refuses a second image of one id and keeps the first', async () => {
    await add();
    await expect(add(ID, pieces(Buffer.from('other')))).rejects.toThrow(storeException.Duplicate);
    expect(readFileSync(join(datadir, ID)).equals(bytes)).toBe(true);
    expect(readdirSync(datadir)).toEqual([ID]);
  });

  it('leaves nothing when the sender goes away', async () => {
    async function* broken() {
      yield Buffer.alloc(2_000_000);
      throw new Error('aborted');
    }
    await expect(add(ID, broken())).rejects.toThrow('aborted');
    expect(readdirSync(datadir)).toEqual([]);
  });

  it('takes away at the start what a killed upload left', async () => {
    writeFileSync(join(datadir, `${ID}.part`), 'half');
    const again = createStores(loadConf(glanceApiConf, { BOOTLAB_HOME: home, BOOTLAB_ETC: home }).glance_store);
    expect(readdirSync(datadir)).toEqual([]);
    await again.close();
  });

  it('deletes', async () => {
    const { uri } = await add();
    await backend.deleteFromBackend(uri);
    expect(readdirSync(datadir)).toEqual([]);
    await expect(backend.deleteFromBackend(uri)).rejects.toThrow(storeException.NotFound);
  });

  it.each(['/etc/passwd', '/../../etc/passwd', `${tmpdir()}`])('finds nothing outside its folder: %s', async (path) => {
    const { location, store } = at(`file://${datadir}${path}`);
    await expect(store.get(location)).rejects.toThrow(storeException.NotFound);
    const outside = at(`file://${path}`);
    await expect(outside.store.get(outside.location)).rejects.toThrow(storeException.NotFound);
    await expect(outside.store.delete(outside.location)).rejects.toThrow(storeException.NotFound);
  });

  it.each(['../escape', 'a/b', ''])('takes no image id that is a path: "%s"', async (id) => {
    await expect(add(id)).rejects.toThrow(storeException.BadStoreUri);
  });

  it.each([
    ['file://', storeException.BadStoreUri],
    ['nonsense', storeException.UnknownScheme],
    ['ftp://host/file', storeException.UnknownScheme],
    ['rbd://pool/image', storeException.UnknownScheme],
  ])('refuses the location %s', (uri, exception) => {
    expect(() => backend.getLocationFromUri(uri)).toThrow(exception);
  });

  it('says which schemes are enabled, and that a known store has no driver yet', () => {
    expect(() => backend.getStoreFromUri('ftp://x')).toThrow(
      "'ftp' of this location; enabled are file, filesystem, http, https",
    );
    expect(() => backend.getStoreFromUri('swift+https://x')).toThrow("no driver for the scheme 'swift+https' yet");
  });

  it('does not start with a store or a default that nobody serves', () => {
    const env = (name: string, value: string) => ({
      BOOTLAB_HOME: home,
      BOOTLAB_ETC: home,
      [`BOOTLAB_GLANCE_API__GLANCE_STORE__${name}`]: value,
    });
    expect(() => createStores(loadConf(glanceApiConf, env('STORES', 'rbd')).glance_store)).toThrow(
      'has rbd; there are file, http',
    );
    expect(() => createStores(loadConf(glanceApiConf, env('DEFAULT_STORE', 'rbd')).glance_store)).toThrow(
      'default_store',
    );
  });
});
