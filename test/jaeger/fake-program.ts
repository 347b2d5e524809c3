import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A folder for PATH with a program `jaeger` in it that stands for the real one. */
export function folderWithFakeJaeger(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fake-jaeger-'));
  const program = join(folder, 'jaeger');
  writeFileSync(program, `#!${process.execPath}\n${readFileSync(join(__dirname, 'fixtures/fake-jaeger.js'), 'utf8')}`);
  chmodSync(program, 0o755);
  return folder;
}

/** Addresses for Jaeger on ports that nobody had a moment ago, and a cache that is empty. */
export async function jaegerEnvironment(path: string): Promise<Record<string, string>> {
  return {
    PATH: path,
    BOOTLAB_CACHE: mkdtempSync(join(tmpdir(), 'bootlab-cache-')),
    BOOTLAB_JAEGER_RELEASES: 'http://127.0.0.1:1',
    BOOTLAB_LAB__LAB__JAEGER_URL: `http://127.0.0.1:${await freePort()}`,
    BOOTLAB_LAB__LAB__JAEGER_OTLP: `http://127.0.0.1:${await freePort()}`,
    FAKE_JAEGER_YAML: require.resolve('yaml'),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}
