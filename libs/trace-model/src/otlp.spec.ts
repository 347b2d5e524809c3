import { OtlpError, spansFromOtlp } from './otlp';

const span = {
  traceId: '5B8EFFF798038103D269B633813FC60C',
  spanId: 'eee19b7ec3c1b174',
  parentSpanId: 'EEE19B7EC3C1B173',
  name: '_get_image',
  kind: 1,
  startTimeUnixNano: '1795368871000000001',
  endTimeUnixNano: '1795368871000501001',
  flags: 257,
};

const request = (...spans: unknown[]) => ({
  resourceSpans: [
    {
      resource: {
        attributes: [
          { key: 'service.name', value: { stringValue: 'compute-api' } },
          { key: 'host.name', value: { stringValue: 'node1' } },
        ],
      },
      scopeSpans: [{ scope: { name: '@bootlab/hop', version: '1' }, spans }],
    },
  ],
});

const one = (more: object) => spansFromOtlp(request({ ...span, ...more }))[0]!;

describe('spansFromOtlp', () => {
  it('reads a span with its resource and scope', () => {
    expect(spansFromOtlp(request(span))).toEqual([
      {
        traceId: '5b8efff798038103d269b633813fc60c',
        spanId: 'eee19b7ec3c1b174',
        parentSpanId: 'eee19b7ec3c1b173',
        name: '_get_image',
        kind: 'internal',
        service: 'compute-api',
        startTimeUnixNano: '1795368871000000001',
        durationNano: 501_000,
        attributes: {},
        events: [],
        links: [],
        status: { code: 'unset' },
        resource: { 'host.name': 'node1' },
        scope: { name: '@bootlab/hop', version: '1' },
      },
    ]);
  });

  it('shares the resource and scope between spans', () => {
    const [a, b] = spansFromOtlp(request(span, { ...span, spanId: 'eee19b7ec3c1b175' }));
    expect(a!.resource).toBe(b!.resource);
    expect(a!.scope).toBe(b!.scope);
  });

  it('reads attributes of every type, integers as number or as text', () => {
    const attributes = [
      { key: 'text', value: { stringValue: '' } },
      { key: 'number', value: { intValue: 7 } },
      { key: 'text number', value: { intValue: '7' } },
      { key: 'beyond', value: { intValue: '9223372036854775807' } },
      { key: 'double', value: { doubleValue: 0.5 } },
      { key: 'nan', value: { doubleValue: 'NaN' } },
      { key: 'bool', value: { boolValue: false } },
      { key: 'bytes', value: { bytesValue: 'AP8=' } },
      { key: 'binary', value: { bytesValue: Uint8Array.of(0, 255) } },
      { key: 'list', value: { arrayValue: { values: [{ intValue: 1 }, {}] } } },
      { key: 'map', value: { kvlistValue: { values: [{ key: 'a', value: { arrayValue: {} } }] } } },
      { key: 'nothing' },
      { key: '__proto__', value: { intValue: 1 } },
    ];
    const read = one({ attributes }).attributes;
    expect(Object.entries(read)).toEqual([
      ['text', ''],
      ['number', 7],
      ['text number', 7],
      ['beyond', '9223372036854775807'],
      ['double', 0.5],
      ['nan', 'NaN'],
      ['bool', false],
      ['bytes', 'AP8='],
      ['binary', 'AP8='],
      ['list', [1, null]],
      ['map', { a: [] }],
      ['nothing', null],
      ['__proto__', 1],
    ]);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });

  it('reads kinds and status codes as numbers or by name', () => {
    expect([0, 1, 2, 3, 4, 5, 'SPAN_KIND_SERVER', undefined, 99].map((kind) => one({ kind }).kind)).toEqual(
      'internal internal server client producer consumer server internal internal'.split(' '),
    );
    expect(one({ status: { code: 2, message: 'boom' } }).status).toEqual({ code: 'error', message: 'boom' });
    expect(one({ status: { code: 'STATUS_CODE_OK' } }).status).toEqual({ code: 'ok' });
    expect(one({ status: {} }).status).toEqual({ code: 'unset' });
  });

  it('reads events, links and trace state', () => {
    const read = one({
      events: [{ name: 'fault.fired', timeUnixNano: 1_000, attributes: [{ key: 'a', value: { intValue: 1 } }] }],
      links: [{ traceId: span.traceId, spanId: span.spanId, traceState: 'a=1' }],
      traceState: 'b=2',
    });
    expect(read.events).toEqual([{ name: 'fault.fired', timeUnixNano: '1000', attributes: { a: 1 } }]);
    expect(read.links).toEqual([
      { traceId: '5b8efff798038103d269b633813fc60c', spanId: span.spanId, attributes: {}, traceState: 'a=1' },
    ]);
    expect(read.traceState).toBe('b=2');
  });

  it('takes ids as bytes, and an empty parent as none', () => {
    const bytes = (hex: string) => Uint8Array.from(hex.match(/../g)!, (byte) => parseInt(byte, 16));
    const read = one({ traceId: bytes(span.traceId), spanId: bytes(span.spanId), parentSpanId: new Uint8Array() });
    expect(read).toMatchObject({ traceId: span.traceId.toLowerCase(), spanId: span.spanId });
    expect(read).not.toHaveProperty('parentSpanId');
    expect(one({ parentSpanId: '' })).not.toHaveProperty('parentSpanId');
    expect(one({ parentSpanId: '0000000000000000' })).not.toHaveProperty('parentSpanId');
  });

  it('never gives a negative duration', () => {
    expect(one({ endTimeUnixNano: '1' }).durationNano).toBe(0);
  });

  it('leaves out links that lead nowhere', () => {
    const links = [
      {},
      { traceId: '0'.repeat(32), spanId: '0'.repeat(16) },
      { traceId: '1'.repeat(32), spanId: '2'.repeat(16) },
    ];
    expect(spansFromOtlp(request({ ...span, links }))[0]!.links).toHaveLength(1);
  });

  it('gives services without a proper name the names that Jaeger stores them by', () => {
    const service = (value: object) => {
      const resource = { attributes: [{ key: 'service.name', value }] };
      return spansFromOtlp({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] })[0]!.service;
    };
    expect(service({ stringValue: '' })).toBe('empty-service-name');
    expect(service({ intValue: '7' })).toBe('service-name-wrong-type');
  });

  it('takes a resource without a name, and empty requests', () => {
    expect(spansFromOtlp({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })[0]).toMatchObject({
      service: 'missing-service-name',
      resource: {},
      scope: { name: '' },
    });
    expect(spansFromOtlp({})).toEqual([]);
    expect(spansFromOtlp({ resourceSpans: [{}] })).toEqual([]);
  });

  it.each([
    ['a list', [], /^The request must be an object\.$/],
    ['null', null, /^The request must be an object\.$/],
    ['text for resourceSpans', { resourceSpans: 'x' }, /^resourceSpans must be a list\.$/],
    ['no trace id', request({ ...span, traceId: '' }), /no valid traceId: it takes 32 hex digits/],
    ['a zero trace id', request({ ...span, traceId: '0'.repeat(32) }), /no valid traceId/],
    ['a short span id', request({ ...span, spanId: 'eee1' }), /no valid spanId: it takes 16 hex digits/],
    [
      'a wrong parent',
      request({ ...span, parentSpanId: 'x' }),
      /^The parentSpanId of span eee19b7ec3c1b174 is invalid/,
    ],
    [
      'a time that is text',
      request({ ...span, startTimeUnixNano: 'now' }),
      /^startTimeUnixNano of span \w+ must be nanos/,
    ],
    ['a name that is no text', request({ ...span, name: 7 }), /^the name of span \w+ must be text\.$/],
    [
      'a wrong int',
      request({ ...span, attributes: [{ key: 'a', value: { intValue: 'x' } }] }),
      /must be a whole number/,
    ],
  ])('refuses %s', (_, input, message) => {
    expect(() => spansFromOtlp(input)).toThrow(message);
    expect(() => spansFromOtlp(input)).toThrow(OtlpError);
  });

  it('refuses values nested without end', () => {
    let value: unknown = { intValue: 1 };
    for (let depth = 0; depth < 100; depth++) value = { arrayValue: { values: [value] } };
    expect(() => one({ attributes: [{ key: 'a', value }] })).toThrow(/nested more than 32 levels/);
  });
});
