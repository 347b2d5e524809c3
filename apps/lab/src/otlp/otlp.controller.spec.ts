import { Span } from '@bootlab/trace-model';
import { otlpRequest, traceId } from '../testing/otlp-request';
import { StartedLab, startLab } from '../testing/start-lab';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { Root } from 'protobufjs/light';
import { otlpTraceDescriptor } from './otlp-descriptor';

let lab: StartedLab;
beforeAll(async () => (lab = await startLab()));
afterAll(() => lab.stop());

const message = (text: string) => (JSON.parse(text) as { message: string }).message;

describe('POST /v1/traces', () => {
  it('stores JSON and answers {}', async () => {
    const answer = await lab.send(otlpRequest({ trace: 1, id: 1 }));
    expect(answer).toMatchObject({ status: 200, type: expect.stringContaining('application/json'), text: '{}' });
    expect((await lab.get(`/lab/v1/traces/${traceId(1)}`)).body).toHaveLength(1);
  });

  it('takes an empty request, and a charset', async () => {
    const answer = await lab.send({}, { 'content-type': 'application/json; charset=utf-8' });
    expect(answer).toMatchObject({ status: 200, text: '{}' });
  });

  it('takes gzip', async () => {
    const body = gzipSync(JSON.stringify(otlpRequest({ trace: 2, id: 1 })));
    expect(await lab.send(body, { 'content-encoding': 'gzip' })).toMatchObject({ status: 200 });
    expect((await lab.get(`/lab/v1/traces/${traceId(2)}`)).body).toHaveLength(1);
  });

  it('takes protobuf and answers an empty message', async () => {
    const bytes = (hex: string) => Buffer.from(hex, 'hex');
    const span = {
      traceId: bytes(traceId(3)),
      spanId: bytes('00f067aa0ba902b7'),
      name: '_get_image',
      kind: 3,
      startTimeUnixNano: '1795368871000000001',
      endTimeUnixNano: '1795368871000501001',
      attributes: [
        { key: 'text', value: { stringValue: '' } },
        { key: 'no', value: { boolValue: false } },
        { key: 'negative', value: { intValue: -7 } },
        { key: 'beyond', value: { intValue: '9223372036854775807' } },
        { key: 'half', value: { doubleValue: 0.5 } },
        { key: 'list', value: { arrayValue: { values: [{ intValue: 1 }] } } },
        { key: 'bytes', value: { bytesValue: Buffer.of(0, 255) } },
      ],
      status: { code: 2, message: 'boom' },
    };
    const type = Root.fromJSON(otlpTraceDescriptor).lookupType('ExportTraceServiceRequest');
    const request = type.fromObject({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
    const body = Buffer.from(type.encode(request).finish());
    const answer = await lab.send(body, { 'content-type': 'application/x-protobuf' });
    expect(answer).toMatchObject({ status: 200, type: 'application/x-protobuf', text: '' });
    const [stored] = (await lab.get<Span[]>(`/lab/v1/traces/${traceId(3)}`)).body;
    expect(stored).toMatchObject({
      spanId: '00f067aa0ba902b7',
      name: '_get_image',
      kind: 'client',
      service: 'missing-service-name',
      startTimeUnixNano: '1795368871000000001',
      durationNano: 501_000,
      attributes: {
        text: '',
        no: false,
        negative: -7,
        beyond: '9223372036854775807',
        half: 0.5,
        list: [1],
        bytes: 'AP8=',
      },
      status: { code: 'error', message: 'boom' },
    });
    expect(stored).not.toHaveProperty('parentSpanId');
  });

  it.each([
    ['no JSON', '{', {}, 400, /^The body is not an OTLP trace request in JSON \(/],
    ['nothing', '', {}, 400, /^The body is not an OTLP trace request in JSON \(/],
    ['a list', '[]', {}, 400, /^The request must be an object\.$/],
    ['a wrong id', '{"resourceSpans":[{"scopeSpans":[{"spans":[{}]}]}]}', {}, 400, /^A span has no valid traceId/],
    ['no protobuf', 'hello', { 'content-type': 'application/x-protobuf' }, 400, /OTLP trace request in protobuf \(/],
    ['no gzip', 'hello', { 'content-encoding': 'gzip' }, 400, /^The body is not valid gzip \(/],
    ['another encoding', '{}', { 'content-encoding': 'br' }, 415, /^The content-encoding br is not supported/],
    ['another type', '{}', { 'content-type': 'text/plain' }, 415, /^Traces come as application\/json or/],
  ])('refuses %s', async (_, body, headers, status, sentence) => {
    const answer = await lab.send(Buffer.from(body), headers);
    expect(answer.status).toBe(status);
    expect(message(answer.text)).toMatch(sentence);
  });

  it('refuses more than the configuration allows, on the wire or unpacked', async () => {
    const large = Buffer.alloc(20 * 1024 * 1024 + 1, ' ');
    const sentence =
      'The spans are more than 20 MiB: send smaller batches, or raise max_request_mib in [lab] of lab.conf.';
    const plain = await lab.send(large);
    expect(plain.status).toBe(413);
    expect(message(plain.text)).toBe(sentence);
    const packed = await lab.send(gzipSync(large), { 'content-encoding': 'gzip' });
    expect(packed.status).toBe(413);
    expect(message(packed.text)).toBe(sentence);
  });

  it('stores all spans of a request or none', async () => {
    const request = otlpRequest({ trace: 4, id: 1 }, { trace: 4, id: 2 });
    request.resourceSpans[1]!.scopeSpans[0]!.spans[0]!.spanId = 'no id';
    expect((await lab.send(request)).status).toBe(400);
    expect((await lab.get(`/lab/v1/traces/${traceId(4)}`)).status).toBe(404);
  });
});

/** A process of its own, because the exporters load their parts in a way that jest's modules do not allow. */
const SENDER = `
  const { NodeSDK, api } = require('@opentelemetry/sdk-node');
  const sdk = new NodeSDK({ serviceName: 'sender', metricReaders: [], logRecordProcessors: [] });
  sdk.start();
  const span = api.trace.getTracer('spec', '7').startSpan('work', { attributes: { number: 7, list: ['a'] } });
  span.addEvent('happened', { why: 'no reason' });
  span.end();
  sdk.shutdown().then(() => process.stdout.write(span.spanContext().traceId));
`;

describe('the OpenTelemetry SDK', () => {
  beforeAll(() => lab.app.listen(0, '127.0.0.1'));

  it.each([
    ['http/json', 'none'],
    ['http/json', 'gzip'],
    ['http/protobuf', 'none'],
    ['http/protobuf', 'gzip'],
  ])('is understood: %s, compression %s', async (protocol, compression) => {
    const { stdout: id } = await promisify(execFile)(process.execPath, ['-e', SENDER], {
      env: {
        ...process.env,
        OTEL_TRACES_EXPORTER: 'otlp',
        OTEL_EXPORTER_OTLP_ENDPOINT: await lab.app.getUrl(),
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        OTEL_EXPORTER_OTLP_COMPRESSION: compression,
      },
    });
    expect((await lab.get(`/lab/v1/traces/${id}`)).body).toMatchObject([
      {
        name: 'work',
        service: 'sender',
        scope: { name: 'spec', version: '7' },
        attributes: { number: 7, list: ['a'] },
        events: [{ name: 'happened', attributes: { why: 'no reason' } }],
      },
    ]);
  });
});
