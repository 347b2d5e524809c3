import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { OwnLab, startOwnLab } from '../support/own-lab';

const HTTP = ['compute-api', 'glance-api', 'registry', 'lab'] as const;
const BODY_PATHS = {
  'compute-api': '/v2.1/servers',
  'glance-api': '/v1/images',
  registry: '/images',
  lab: '/v1/traces',
};
const IMAGE =
  'Content-Type: application/octet-stream\r\nx-image-meta-disk_format: raw\r\nx-image-meta-container_format: bare';

const refused: Record<string, [request: string, status: number]> = {
  'no request at all': ['NONSENSE\r\n\r\n', 400],
  'the hello of TLS': ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
  'headers of 200 KB': [`GET / HTTP/1.1\r\nHost: x\r\nX-Big: ${'a'.repeat(200_000)}\r\n\r\n`, 431],
  'a URL of 200 KB': [`GET /${'a'.repeat(200_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
  'a control character in a header': ['GET / HTTP/1.1\r\nHost: x\r\nX-Y: a\x01b\r\n\r\n', 400],
  'a length that is none': ['POST / HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n', 400],
  'two lengths': ['POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabc', 400],
  'a length and chunks': [
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
  ],
};

/** Sends bytes as they are and gives all that comes until the other side ends. */
async function exchange(url: string, request: string): Promise<string> {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  // A server that ends while bytes are on their way to it resets the connection, behind its answer.
  socket.on('error', () => undefined);
  socket.write(Buffer.from(request, 'latin1'));
  await once(socket, 'close');
  return Buffer.concat(parts).toString();
}

let lab: OwnLab;

beforeAll(async () => {
  lab = await startOwnLab();
}, 60_000);
afterAll(() => lab.stop(), 30_000);

/** Names in the file store's folder, once nothing is written there. */
async function storedImages(): Promise<string[]> {
  for (;;) {
    const names = readdirSync(join(lab.home, 'images'));
    if (!names.some((name) => name.endsWith('.part'))) return names;
    await setImmediate();
  }
}

describe.each(HTTP)('%s', (service) => {
  it.each(Object.entries(refused))('refuses %s, says why and ends the connection', async (_, [request, status]) => {
    const answer = await exchange(lab.urls[service]!, request);
    expect(answer.slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
    expect(answer).toMatch(/\r\n\r\n.+: (mend what sends it|send fewer or shorter ones)\.\n$/);
  });

  it('answers requests that come at once in their order, up to one that is none', async () => {
    const get = 'GET /v1/nowhere HTTP/1.1\r\nHost: x\r\n\r\n';
    const statuses = (answer: string) => answer.match(/HTTP\/1\.1 \d+/g);
    expect(statuses(await exchange(lab.urls[service]!, `${get}${get}NONSENSE\r\n\r\n`))?.at(-1)).toBe('HTTP/1.1 400');
    const last = 'GET /v1/nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    expect(statuses(await exchange(lab.urls[service]!, get + last))).toEqual(['HTTP/1.1 404', 'HTTP/1.1 404']);
  });

  it('goes on after a client that broke off in mid-body or sent broken chunks, and logs no error', async () => {
    const { port, hostname } = new URL(lab.urls[service]!);
    const post = `POST ${BODY_PATHS[service]} HTTP/1.1\r\nHost: x\r\n${IMAGE}`;
    await exchange(lab.urls[service]!, `${post}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`);
    for (const rest of ['Content-Length: 1000\r\n\r\nabc', 'Transfer-Encoding: chunked\r\n\r\n5\r\nhe']) {
      const socket = connect(Number(port), hostname);
      await once(socket, 'connect');
      socket.write(`${post}\r\n${rest}`, () => socket.destroy());
      await once(socket, 'close');
    }
    expect((await fetch(`${lab.urls[service]}/v1/nowhere`)).status).toBe(404);
    const log = readFileSync(join(lab.home, 'logs', `${service}.log`), 'utf8').split('\n');
    expect(log.filter((line) => line.startsWith('{"level":50'))).toEqual([]);
    if (service === 'glance-api') expect(await storedImages()).toEqual([]);
  });
});
