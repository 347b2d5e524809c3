import fc from 'fast-check';
import { fromJaeger, JaegerError } from './from-jaeger';
import { toJaeger } from './jaeger';
import { spansFromOtlp } from './otlp';
import { toOtlp } from './otlp-json';
import { AttributeValue, Span } from './span';
import { makeSpan, spanId } from './testing/make-span';
import { buildTree, walk } from './tree';

const traceID = '1'.padStart(32, '0');

describe('toJaeger', () => {
  it('writes a span by the rules of Jaeger’s own translation', () => {
    const span = makeSpan(2, 1, {
      name: '_get_image',
      kind: 'client',
      at: 0.0015,
      took: 0.0025,
      scope: { name: '@bootlab/hop', version: '2' },
      resource: { 'host.name': 'node1' },
      attributes: {
        text: 'a',
        int: 7,
        float: 0.5,
        bool: false,
        nothing: null,
        list: ['a', 1],
        map: { b: '<', a: [true] },
        'telemetry.sdk.language': 'nodejs',
      },
      status: { code: 'error', message: 'boom' },
      events: [{ name: 'exception', timeUnixNano: '1795368871000002999', attributes: { 'exception.type': 'X' } }],
      links: [
        { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), attributes: {} },
        { traceId: traceID, spanId: spanId(9), attributes: { 'opentracing.ref_type': 'child_of' } },
      ],
      traceState: 'k=v',
    });
    expect(toJaeger([span], { raw: true })).toMatchObject({ data: [{ spans: [{ warnings: null }] }] });
    expect(toJaeger([span])).toEqual({
      data: [
        {
          traceID,
          spans: [
            {
              traceID,
              spanID: '0000000000000002',
              operationName: '_get_image',
              references: [
                { refType: 'CHILD_OF', traceID, spanID: '0000000000000001' },
                { refType: 'FOLLOWS_FROM', traceID: 'a'.repeat(32), spanID: 'b'.repeat(16) },
                { refType: 'CHILD_OF', traceID, spanID: '0000000000000009' },
              ],
              startTime: 1_795_368_871_000_001,
              duration: 2,
              tags: [
                { key: 'otel.scope.name', type: 'string', value: '@bootlab/hop' },
                { key: 'otel.scope.version', type: 'string', value: '2' },
                { key: 'bool', type: 'bool', value: false },
                { key: 'float', type: 'float64', value: 0.5 },
                { key: 'int', type: 'int64', value: 7 },
                { key: 'list', type: 'string', value: '["a",1]' },
                { key: 'map', type: 'string', value: '{"a":[true],"b":"\\u003c"}' },
                { key: 'nothing', type: 'string', value: '' },
                { key: 'text', type: 'string', value: 'a' },
                { key: 'span.kind', type: 'string', value: 'client' },
                { key: 'otel.status_code', type: 'string', value: 'ERROR' },
                { key: 'error', type: 'bool', value: true },
                { key: 'otel.status_description', type: 'string', value: 'boom' },
                { key: 'w3c.tracestate', type: 'string', value: 'k=v' },
              ],
              logs: [
                {
                  timestamp: 1_795_368_871_000_002,
                  fields: [
                    { key: 'event', type: 'string', value: 'exception' },
                    { key: 'exception.type', type: 'string', value: 'X' },
                  ],
                },
              ],
              processID: 'p1',
              warnings: ['parent span ID=0000000000000001 is not in the trace; skipping clock skew adjustment'],
            },
          ],
          processes: {
            p1: {
              serviceName: 'compute-api',
              tags: [
                { key: 'host.name', type: 'string', value: 'node1' },
                { key: 'telemetry.sdk.language', type: 'string', value: 'nodejs' },
              ],
            },
          },
          warnings: null,
        },
      ],
      total: 0,
      limit: 0,
      offset: 0,
      errors: null,
    });
  });

  it('gives each process one entry, and each trace its own document', () => {
    const { data } = toJaeger([
      makeSpan(1, undefined),
      makeSpan(2, 1, { service: 'registry' }),
      makeSpan(3, 1),
      makeSpan(4, undefined, { traceId: 'f'.repeat(32) }),
    ]);
    expect(data.map(({ spans }) => spans.map(({ processID }) => processID))).toEqual([['p1', 'p2', 'p1'], ['p1']]);
  });

  it('tells the types that values hide, and reads them again', () => {
    const attribute = (key: string, value: object) => ({ key, value });
    const attributes = [
      attribute('whole', { doubleValue: 5 }),
      attribute('none', { doubleValue: 'NaN' }),
      attribute('long', { intValue: '9223372036854775807' }),
      attribute('short', { intValue: '7' }),
      attribute('bytes', { bytesValue: 'AP8=' }),
    ];
    const ids = { traceId: traceID, spanId: spanId(1) };
    const event = { name: 'e', timeUnixNano: '1000', attributes };
    const link = { traceId: traceID, spanId: spanId(2), attributes };
    const span = { ...ids, startTimeUnixNano: '1000', endTimeUnixNano: '2000', attributes, events: [event] };
    const request = (links: object[]) => ({
      resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans: [{ ...span, links }] }] }],
    });
    const typed = [
      { key: 'whole', type: 'float64', value: 5 },
      { key: 'none', type: 'float64', value: 'NaN' },
      { key: 'long', type: 'int64', value: '9223372036854775807' },
      { key: 'short', type: 'int64', value: 7 },
      { key: 'bytes', type: 'binary', value: 'AP8=' },
    ];
    const spans = spansFromOtlp(request([]));
    const [trace] = toJaeger(spans, { raw: true }).data;
    expect(trace!.processes['p1']!.tags).toEqual(typed);
    expect(trace!.spans[0]!.tags.slice(0, 5)).toEqual(typed);
    expect(trace!.spans[0]!.logs[0]!.fields.slice(1)).toEqual(typed);
    expect(fromJaeger(trace)).toEqual(spans);
    const linked = spansFromOtlp(request([link]));
    expect(toOtlp(linked).resourceSpans[0]).toMatchObject({
      resource: { attributes },
      scopeSpans: [{ spans: [{ attributes, events: [{ attributes }], links: [{ attributes }] }] }],
    });
  });

  it("takes an attribute for an event's name before its own", () => {
    const events = [{ name: 'own', timeUnixNano: '1', attributes: { event: 'attribute' } }];
    const [trace] = toJaeger([makeSpan(1, undefined, { events })]).data;
    expect(trace!.spans[0]!.logs[0]!.fields).toEqual([{ key: 'event', type: 'string', value: 'attribute' }]);
  });

  it('has the names that Jaeger has for a service without one', () => {
    const nameless = [makeSpan(1, undefined, { service: 'missing-service-name' })];
    const converted = { spans: [{ ...toJaeger(nameless).data[0]!.spans[0], processID: 'p9' }] };
    for (const serviceName of ['missing-service-name', 'OTLPResourceNoServiceName']) {
      expect(fromJaeger({ ...converted, processes: { p9: { serviceName } } })).toEqual(nameless);
    }
    expect(fromJaeger(converted)).toEqual(nameless);
  });
});

describe('fromJaeger', () => {
  const minimal = { traceID: 'ab', spanID: '1', operationName: 'x', startTime: 1, duration: 2, processID: 'p1' };

  it('reads what other writers leave out', () => {
    const document = { data: [{ traceID: 'ab', spans: [minimal], processes: { p1: { serviceName: 's' } } }] };
    expect(fromJaeger(document)).toEqual([
      makeSpan(1, undefined, {
        traceId: 'ab'.padStart(32, '0'),
        name: 'x',
        service: 's',
        startTimeUnixNano: '1000',
        durationNano: 2000,
      }),
    ]);
  });

  it('takes a FOLLOWS_FROM for the parent when there is no CHILD_OF', () => {
    const references = [{ refType: 'FOLLOWS_FROM', traceID: 'ab', spanID: '7' }];
    const [span] = fromJaeger({ spans: [{ ...minimal, references }], processes: {} });
    expect(span).toMatchObject({ parentSpanId: spanId(7), links: [], service: 'missing-service-name' });
  });

  it.each([null, 7, {}, { data: null }, { data: [{}] }, { result: { resourceSpans: [] } }])(
    'refuses %j',
    (document) => {
      expect(() => fromJaeger(document)).toThrow(JaegerError);
    },
  );

  it.each([
    [null, 'A span has no operationName.'],
    [{ ...minimal, startTime: '1' }, 'startTime of the span "x" must be microseconds.'],
    [{ ...minimal, duration: -1 }, 'duration of the span "x" must be microseconds.'],
  ])('refuses the span %j', (span, sentence) => {
    expect(() => fromJaeger({ spans: [span] })).toThrow(new JaegerError(sentence));
  });

  it('takes the name of the library of older exporters for the scope', () => {
    const tags = [
      { key: 'otel.library.name', type: 'string', value: 'hop' },
      { key: 'otel.library.version', type: 'string', value: 'undefined' },
    ];
    expect(fromJaeger({ spans: [{ ...minimal, tags }] })[0]).toMatchObject({ scope: { name: 'hop' }, attributes: {} });
  });

  it('refuses ids that are none', () => {
    expect(() => fromJaeger({ spans: [{ ...minimal, traceID: 'xyz' }] })).toThrow('trace id "xyz"');
  });
});

describe('there and back', () => {
  const attribute: fc.Arbitrary<AttributeValue> = fc.oneof(
    fc.string(),
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
  );
  const key = fc.string({ minLength: 1 }).map((text) => `k.${text}`);
  const attributes = fc.dictionary(key, attribute, { noNullPrototype: true });
  const micros = fc.integer({ min: 0, max: 1e9 }).map((value) => value / 1000);
  const span = fc.record({
    parent: fc.option(fc.nat()),
    kind: fc.constantFrom<Span['kind']>('internal', 'server', 'client', 'producer', 'consumer'),
    name: fc.string(),
    service: fc.constantFrom('compute-api', 'registry'),
    at: micros,
    took: micros,
    attributes,
    resource: attributes,
    status: fc.constantFrom<Span['status']>(
      { code: 'unset' },
      { code: 'ok' },
      { code: 'error' },
      { code: 'error', message: 'm' },
    ),
    scope: fc.constantFrom({ name: '' }, { name: 'a' }, { name: 'a', version: '1' }),
    events: fc.array(
      fc.record({ name: fc.string({ minLength: 1 }), timeUnixNano: fc.constant('1795368871000002000'), attributes }),
    ),
  });

  it('keeps every span and the tree', () => {
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 20 }), (list) => {
        const spans = list.map(({ parent, ...rest }, index) =>
          makeSpan(index + 1, parent === null || index === 0 ? undefined : (parent % 25) + 1, rest),
        );
        const back = fromJaeger(JSON.parse(JSON.stringify(toJaeger(spans, { raw: true }))));
        const byId = (a: Span, b: Span) => (a.spanId < b.spanId ? -1 : 1);
        expect([...back].sort(byId)).toEqual(spans);
        const shape = (of: Span[]) => [...walk(buildTree(of))].map(({ node, depth }) => [node.span.spanId, depth]);
        expect(shape(back)).toEqual(shape(spans));
      }),
    );
  });
});
