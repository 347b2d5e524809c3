import { once } from 'node:events';
import { ClientRequest, IncomingMessage, request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { otlpRequest } from '../testing/otlp-request';
import { StartedLab, startLab } from '../testing/start-lab';

const MIB = 1 << 20;

let lab: StartedLab;
let port: number;
beforeAll(async () => {
  lab = await startLab({ maxRequestBytes: MIB });
  await lab.app.listen(0, '127.0.0.1');
  port = Number(new URL(await lab.app.getUrl()).port);
});
afterAll(() => lab.stop());

function open(path: string, headers: Record<string, string>): ClientRequest {
  return request({ port, path, method: 'POST', headers: { 'content-type': 'application/json', ...headers } });
}

async function answerOf(sent: ClientRequest) {
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const piece of answer.setEncoding('utf8')) text += piece as string;
  return { status: answer.statusCode, retryAfter: answer.headers['retry-after'], text };
}

const post = (path: string, body: Buffer, headers: Record<string, string> = {}) =>
  answerOf(open(path, headers).end(body));

describe('a request that is too large', () => {
  it.each([
    ['JSON', '/v1/traces', {}],
    ['protobuf', '/v1/traces', { 'content-type': 'application/x-protobuf' }],
    ['Thrift', '/api/traces', { 'content-type': 'application/x-thrift' }],
    ['something to convert', '/api/transform', {}],
    ['JSON of no declared length', '/v1/traces', { 'transfer-encoding': 'chunked' }],
  ])('is read to its end and refused: %s', async (_, path, headers) => {
    expect(await post(path, Buffer.alloc(8 * MIB), headers)).toMatchObject({
      status: 413,
      text: expect.stringContaining('more than 1 MiB: send smaller batches'),
    });
  });

  it('is refused when it is so only unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(100 * MIB));
    expect(bomb.length).toBeLessThan(MIB);
    expect(await post('/v1/traces', bomb, { 'content-encoding': 'gzip' })).toMatchObject({ status: 413 });
  });
});

describe('many large requests at once', () => {
  const half = Buffer.alloc(MIB / 2, ' ');

  /** Until what others held is given back. */
  async function untilTaken(): Promise<void> {
    for (let attempt = 0; attempt < 500; attempt++) if ((await post('/v1/traces', half)).status !== 503) return;
    throw new Error('Nothing is taken any more.');
  }

  it('are refused for now once they hold too much, and taken again after', async () => {
    const begun = Array.from({ length: 6 }, () => {
      const sent = open('/v1/traces', {});
      sent.write(half);
      return { sent, answer: answerOf(sent) };
    });
    expect(await Promise.race(begun.map(({ answer }) => answer))).toMatchObject({
      status: 503,
      retryAfter: '1',
      text: expect.stringContaining('send this one again later'),
    });
    const rest = Buffer.from(JSON.stringify(otlpRequest({ trace: 1, id: 1 })));
    for (const { sent } of begun) sent.end(rest);
    const statuses = await Promise.all(begun.map(async ({ answer }) => (await answer).status));
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    await untilTaken();
  });

  it.each([[{}], [{ 'content-encoding': 'gzip' }]])('leave nothing behind when they break off: %j', async (headers) => {
    const packed = 'content-encoding' in headers ? gzipSync(Buffer.alloc(MIB - 10, ' ')) : half;
    for (let round = 0; round < 8; round++) {
      const sent = open('/v1/traces', headers);
      sent.on('error', () => undefined);
      await new Promise<void>((done) => sent.write(packed.subarray(0, -4), () => done()));
      await new Promise((done) => sent.once('close', done).destroy());
    }
    await untilTaken();
  });
});
