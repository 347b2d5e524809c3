import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../cli/failure';
import { FetchOptions, fetchRelease, isThere } from './fetch-release';
import { jaegerRelease, Release, releasePlatform, uiRelease } from './release';
import { part, ReleaseServer, sha256Of, tarball, TarEntry } from './testing/release-server';

const FILE = 'jaeger-2.20.0-linux-amd64.tar.gz';
const AT = `/jaeger/releases/download/v2.20.0/${FILE}`;
const SUMS = '/jaeger/releases/download/v2.20.0/jaeger-2.20.0.sha256sum.txt';
const INSIDE = 'jaeger-2.20.0-linux-amd64';
const ENTRIES: TarEntry[] = [
  { path: `${INSIDE}/` },
  { path: `${INSIDE}/jaeger`, content: `#!/bin/sh\n# ${'x'.repeat(100_000)}${Math.PI}\n`, mode: 0o755 },
  { path: `${INSIDE}/example-hotrod`, content: 'hotrod' },
];
const GOOD = tarball(ENTRIES);

describe('fetchRelease', () => {
  const server = new ReleaseServer();
  let cache: string;
  let release: Release;

  const serve = (archive: Buffer, sum = sha256Of(archive)) => {
    server.files.set(AT, archive);
    server.files.set(SUMS, Buffer.from(`${'0'.repeat(64)} *other.tar.gz\n${sum} *${FILE}\n`));
  };
  const fetch = (options: FetchOptions = {}) => fetchRelease(release, { idleMs: 200, ...options });
  /** Ends the connections once the client has that many bytes. */
  const breakAt = (at: number) => (bytes: number) => {
    if (bytes === at) server.closeConnections();
  };
  const refusal = async (options: FetchOptions = {}) => {
    const error: unknown = await fetch(options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Failure);
    return (error as Failure).message;
  };
  /** Nothing unpacked, nothing half unpacked. */
  const expectNothing = () =>
    expect(readdirSync(cache).filter((name) => name.startsWith('jaeger-') && !name.endsWith('.part'))).toEqual([]);

  beforeAll(() => server.start());
  afterAll(() => server.stop());
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'bootlab-cache-'));
    server.files.clear();
    server.special.clear();
    server.asked.length = 0;
    release = jaegerRelease('linux-amd64', { BOOTLAB_CACHE: cache, BOOTLAB_JAEGER_RELEASES: `${server.url}/` });
    serve(GOOD);
  });
  afterEach(() => rmSync(cache, { recursive: true, force: true }));

  it('downloads, compares, unpacks and moves into place; the second time nothing is asked', async () => {
    const told: number[] = [];
    const folder = await fetchRelease(release, { tell: (bytes, total) => told.push(bytes / total) });
    expect(folder).toBe(join(cache, INSIDE));
    expect(readFileSync(join(folder, 'example-hotrod'), 'utf8')).toBe('hotrod');
    expect(statSync(join(folder, 'jaeger')).mode & 0o111).toBe(0o111);
    expect(told.at(-1)).toBe(1);
    expect(readdirSync(cache).sort()).toEqual(['checksums.json', INSIDE]);
    expect(isThere(release)).toBe(true);
    expect(server.asked).toEqual([SUMS, AT]);
    await fetch();
    expect(server.asked).toHaveLength(2);
  });

  it('throws a corrupt archive away', async () => {
    const bad = Buffer.from(GOOD);
    bad[50]! ^= 1;
    serve(bad, sha256Of(GOOD));
    expect(await refusal()).toBe(
      `${server.url}${AT} has the SHA-256 sum ${sha256Of(bad)} where its release says ${sha256Of(GOOD)}: it was thrown away. Try again.`,
    );
    expect(readdirSync(cache)).toEqual([]);
    serve(GOOD);
    await fetch();
    expect(isThere(release)).toBe(true);
  });

  it('goes on where a broken transfer ended', async () => {
    server.special.set(AT, [part(GOOD, 100)]);
    await fetchRelease(release, { tell: breakAt(100) });
    expect(server.asked).toEqual([SUMS, AT, `${AT} bytes=100-`]);
    expect(isThere(release)).toBe(true);
  });

  it('goes on with what an earlier run left', async () => {
    writeFileSync(join(cache, `${release.name}.part`), GOOD.subarray(0, 60));
    await fetch();
    expect(server.asked).toEqual([SUMS, `${AT} bytes=60-`]);
    expect(isThere(release)).toBe(true);
  });

  it('does not wait for a server that hangs', async () => {
    server.special.set(AT, [part(GOOD, 80)]);
    await fetch();
    expect(server.asked).toEqual([SUMS, AT, `${AT} bytes=80-`]);
    expect(isThere(release)).toBe(true);
  });

  it('gives up with one sentence when a transfer breaks off each time, and keeps what there is', async () => {
    server.special.set(
      AT,
      Array.from({ length: 4 }, () => part(GOOD, 100)),
    );
    expect(await refusal({ tell: breakAt(100) })).toMatch(
      /^The download of .+ broke off 4 times \(.+\): try again later\.$/,
    );
    expectNothing();
    await fetch();
    expect(server.asked.at(-1)).toBe(`${AT} bytes=100-`);
  });

  it('refuses an archive that ends too early, whatever its sum', async () => {
    serve(GOOD.subarray(0, 200));
    expect(await refusal()).toMatch(/cannot be unpacked/);
    expectNothing();
  });

  it('follows redirects, but not for ever', async () => {
    const elsewhere = '/elsewhere/archive';
    server.files.set(elsewhere, GOOD);
    server.special.set(AT, [redirect(elsewhere)]);
    await fetch();
    expect(server.asked).toEqual([SUMS, AT, elsewhere]);

    rmSync(release.folder, { recursive: true });
    server.special.set(
      AT,
      Array.from({ length: 10 }, () => redirect(AT)),
    );
    expect(await refusal()).toBe(`${server.url}${AT} redirects more than 5 times: check the address.`);
  });

  it.each<[string, TarEntry, string]>([
    [
      'climbs out',
      { path: `${INSIDE}/../../evil`, content: 'x' },
      `"${INSIDE}/../../evil" in it leads out of its folder`,
    ],
    ['starts at the root', { path: '/tmp/evil', content: 'x' }, '"/tmp/evil" in it leads out of its folder'],
    [
      'is a link',
      { path: `${INSIDE}/out`, link: '/etc' },
      `"${INSIDE}/out" in it is a SymbolicLink, not a file or a folder`,
    ],
  ])('refuses an archive with an entry that %s', async (_, entry, why) => {
    serve(tarball([...ENTRIES, entry]));
    expect(await refusal()).toBe(`The archive ${join(cache, `${release.name}.part`)} is refused: ${why}.`);
    expect(readdirSync(cache)).toEqual([]);
    expect(existsSync(join(cache, '../evil'))).toBe(false);
  });

  it('refuses the same release with another sum than before', async () => {
    await fetch();
    rmSync(release.folder, { recursive: true });
    const other = tarball([...ENTRIES, { path: `${INSIDE}/more`, content: 'more' }]);
    serve(other);
    expect(await refusal()).toBe(
      `${release.name} has another SHA-256 sum (${sha256Of(other)}) than when it was downloaded before (${sha256Of(GOOD)}): ` +
        `it is not used. If the project has replaced it, remove its line from ${join(cache, 'checksums.json')}.`,
    );
    expectNothing();
  });

  it('asks for nothing that the release has no sum for', async () => {
    server.files.set(SUMS, Buffer.from(`${'0'.repeat(64)} *other.tar.gz\n`));
    expect(await refusal()).toBe(`${server.url}${SUMS} has no SHA-256 sum of ${FILE}: it is not downloaded.`);
    expect(server.asked).toEqual([SUMS]);
  });

  it('says so when the release has no program', async () => {
    serve(tarball([{ path: `${INSIDE}/readme`, content: 'x' }]));
    expect(await refusal()).toBe(`${server.url}${AT} has no ${INSIDE}/jaeger: it is not used.`);
    expectNothing();
  });

  it('fails at once where nothing listens', async () => {
    const nowhere = jaegerRelease('linux-amd64', {
      BOOTLAB_CACHE: cache,
      BOOTLAB_JAEGER_RELEASES: 'http://127.0.0.1:1',
    });
    await expect(fetchRelease(nowhere)).rejects.toThrow(
      'http://127.0.0.1:1 cannot be reached (ECONNREFUSED): check the address and the network.',
    );
  });

  it('replaces an older page as a whole; its project publishes no sums, so the first one is remembered', async () => {
    const ui = uiRelease({ BOOTLAB_CACHE: cache, BOOTLAB_JAEGER_RELEASES: server.url });
    const path = '/jaeger-ui/releases/download/v2.20.0/assets.tar.gz';
    const page = (text: string) => tarball([{ path: 'packages/jaeger-ui/build/index.html', content: text }]);
    server.files.set(path, page('new'));
    await fetchRelease({ ...ui, name: 'jaeger-ui-old', url: `${server.url}${path}` });
    writeFileSync(join(ui.folder, 'left-over.js'), '');
    expect(isThere(ui)).toBe(false);
    await fetchRelease(ui);
    expect(readdirSync(ui.folder).sort()).toEqual([`.${ui.name}`, 'index.html']);
    rmSync(ui.folder, { recursive: true });
    server.files.set(path, page('other'));
    await expect(fetchRelease(ui)).rejects.toThrow('has another SHA-256 sum');
  });
});

describe('releasePlatform', () => {
  it.each([
    ['linux', 'x64', 'linux-amd64'],
    ['linux', 'arm64', 'linux-arm64'],
    ['darwin', 'arm64', 'darwin-arm64'],
    ['win32', 'x64', 'windows-amd64'],
    ['win32', 'arm64', undefined],
    ['freebsd', 'x64', undefined],
  ] as const)('%s on %s: %s', (platform, arch, name) => expect(releasePlatform(platform, arch)).toBe(name));
});

function redirect(location: string) {
  return (_: unknown, response: ServerResponse) => {
    response.writeHead(302, { location }).end();
  };
}
