import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSource } from './import-read';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('readSource', () => {
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = createServer(({ url: path }, response) => {
      if (path === `/jaeger/api/traces/${ID}`) response.end('{"data": []}');
      else response.writeHead(404).end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await once(server.close(), 'close');
  });

  it("reads a trace from a Jaeger by its page's address", async () => {
    expect(await readSource(`${url}/jaeger/trace/${ID}?uiFind=a`)).toBe('{"data": []}');
  });

  it('reads a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'import-'));
    writeFileSync(join(folder, 'trace.json'), '{"é": 1}');
    expect(await readSource(join(folder, 'trace.json'))).toBe('{"é": 1}');
    rmSync(folder, { recursive: true });
  });

  it('says why it cannot', async () => {
    await expect(readSource(`${url}/none`)).rejects.toThrow(`${url}/none answered 404: check the address.`);
    await expect(readSource('http://127.0.0.1:1/x')).rejects.toThrow(
      'http://127.0.0.1:1 cannot be reached (ECONNREFUSED): check the address and the network.',
    );
    await expect(readSource('/nowhere/trace.json')).rejects.toThrow(
      '/nowhere/trace.json cannot be read (ENOENT): name a file or a URL.',
    );
    await expect(readSource('/')).rejects.toThrow('/ cannot be read (EISDIR): name a file or a URL.');
  });
});
