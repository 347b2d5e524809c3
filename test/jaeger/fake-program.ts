import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Home } from '../bootlab/command';

/** A folder for PATH with a program `jaeger` in it that stands for the real one. */
export function folderWithFakeJaeger(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fake-jaeger-'));
  const program = join(folder, 'jaeger');
  writeFileSync(program, `#!${process.execPath}\n${readFileSync(join(__dirname, 'fixtures/fake-jaeger.js'), 'utf8')}`);
  chmodSync(program, 0o755);
  return folder;
}

/** A home with addresses for Jaeger on ports that nobody had a moment ago, an empty cache, and no network. */
export async function homeForJaeger(path: string): Promise<Home> {
  const home = new Home({
    PATH: path,
    BOOTLAB_JAEGER_RELEASES: 'http://127.0.0.1:1',
    BOOTLAB_LAB__LAB__JAEGER_URL: `http://127.0.0.1:${await freePort()}`,
    BOOTLAB_LAB__LAB__JAEGER_OTLP: `http://127.0.0.1:${await freePort()}`,
    FAKE_JAEGER_YAML: require.resolve('yaml'),
  });
  home.env['BOOTLAB_CACHE'] = join(home.path, 'cache');
  return home;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}
