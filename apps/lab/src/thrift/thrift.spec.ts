import fc from 'fast-check';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { fromJaeger, JaegerTrace, Span } from '@bootlab/trace-model';
import { traceId } from '../testing/otlp-request';
import { StartedLab, startLab } from '../testing/start-lab';
import { emitBatch, thriftBatch, wire } from '../testing/thrift-batch';
import { readBatch, readEmitBatch } from './jaeger-batch';
import { ThriftAgent } from './thrift-agent';
import { ThriftError } from './thrift-reader';

const { field, int, i64, list, struct, text } = wire;

let lab: StartedLab;
beforeAll(async () => (lab = await startLab()));
afterAll(() => lab.stop());

const post = (body: Buffer, type = 'application/x-thrift') =>
  lab.call('POST', '/api/traces', body, { 'content-type': type });
const stored = async (id: number) => (await lab.get<Span[]>(`/lab/v1/traces/${traceId(id)}`)).body;

describe('POST /api/traces', () => {
  it('stores a batch', async () => {
    for (const type of ['application/x-thrift', 'application/vnd.apache.thrift.binary; charset=x']) {
      expect(await post(thriftBatch(1), type)).toMatchObject({ status: 202, text: '' });
    }
    expect(await stored(1)).toEqual([
      expect.objectContaining({
        traceId: traceId(1),
        name: 'work',
        service: 'thrift',
        kind: 'server',
        startTimeUnixNano: '1795368871000000000',
        durationNano: 1_500_000,
        attributes: { 'image.id': 'abc' },
        events: [{ name: 'began', timeUnixNano: '1795368871000001000', attributes: {} }],
      }),
    ]);
  });

  it.each([
    ['nothing', Buffer.alloc(0), /ends in the middle/],
    ['text', Buffer.from('hello'), /There is no type/],
    ['no process', struct(field(15, 2, list())), /no process/],
    ['a nameless process', struct(field(12, 1, struct())), /no service name/],
    [
      'a span without anything',
      struct(field(12, 1, struct(field(11, 1, text('s')))), field(15, 2, list(struct()))),
      /no id/,
    ],
    ['a long text', struct(field(12, 1, field(11, 1, int(4, 0x7fffffff)))), /ends in the middle/],
    ['a negative length', struct(field(12, 1, field(11, 1, int(4, -1)))), /has the length -1/],
    ['a long list', struct(field(15, 2, Buffer.concat([Buffer.of(12), int(4, 0x7fffffff)]))), /2147483647 items/],
    [
      'a list of numbers',
      struct(field(15, 2, Buffer.concat([Buffer.of(10), int(4, 1), i64(1n)]))),
      /is one of type 10/,
    ],
    ['deep nesting', Buffer.from('0c0009'.repeat(1000), 'hex'), /nested more than 16/],
    ['deep lists', Buffer.from(`0f0009${'0f00000001'.repeat(1000)}`, 'hex'), /nested more than 16/],
  ])('refuses %s', async (_, body, sentence) => {
    const { status, text } = await post(body);
    expect(status).toBe(400);
    expect((JSON.parse(text) as { message: string }).message).toMatch(sentence);
  });

  it('refuses another content type', async () => {
    expect(await post(thriftBatch(1), 'application/json')).toMatchObject({ status: 415 });
  });
});

describe('UDP', () => {
  const sent = async (...messages: Buffer[]) => {
    const socket = createSocket('udp4');
    const port = lab.app.get(ThriftAgent).port!;
    for (const message of messages) await new Promise((resolve) => socket.send(message, port, '127.0.0.1', resolve));
    socket.close();
    await once(socket, 'close');
  };

  it('stores a message, and goes on after one that is none', async () => {
    await sent(
      Buffer.from('hello'),
      Buffer.alloc(0),
      thriftBatch(8, { trace: 2 }),
      emitBatch(thriftBatch(7, { trace: 2, service: 'udp' })),
    );
    const waited = await lab.get<{ spans: Span[] }>(`/lab/v1/traces/${traceId(2)}?wait=complete&timeout=20`);
    expect(waited.body.spans.map(({ spanId }) => parseInt(spanId, 16))).toEqual([7]);
  });

  it('is not listened to when it is off', async () => {
    const other = await startLab({ agent: 'off' });
    expect(other.app.get(ThriftAgent).port).toBeUndefined();
    expect(
      (await other.call('POST', '/api/traces', thriftBatch(1), { 'content-type': 'application/x-thrift' })).status,
    ).toBe(202);
    await other.stop();
  });

  it('does without when the port is taken', async () => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const other = await startLab({ agent: { host: '127.0.0.1', port: socket.address().port } });
    expect(other.app.get(ThriftAgent).port).toBeUndefined();
    expect((await other.call('GET', '/api/services')).status).toBe(200);
    await other.stop();
    socket.close();
  });
});

describe('whatever comes', () => {
  /** Reads, or says in one sentence why not; nothing else. */
  function orError(read: (bytes: Buffer) => JaegerTrace, bytes: Buffer): void {
    try {
      fromJaeger(read(bytes));
    } catch (error) {
      expect(error).toBeInstanceOf(ThriftError);
    }
  }

  it('is read or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        orError(readBatch, Buffer.from(bytes));
        orError(readEmitBatch, Buffer.from(bytes));
      }),
      { numRuns: 2000 },
    );
  });

  it('is read or refused when bytes of a real message flip or are missing', () => {
    const real = emitBatch(thriftBatch(1));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(real.length - 1), fc.nat(255)), { maxLength: 4 }),
        fc.nat(real.length),
        (flips, length) => {
          const bytes = Buffer.from(real);
          for (const [at, byte] of flips) bytes[at] = byte;
          orError(readEmitBatch, bytes);
          orError(readEmitBatch, bytes.subarray(0, length));
        },
      ),
      { numRuns: 3000 },
    );
  });
});
