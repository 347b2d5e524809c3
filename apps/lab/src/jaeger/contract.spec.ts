import { fromJaeger, JaegerDocument, Span, spansFromOtlp } from '@bootlab/trace-model';
import { z } from 'zod';
import { otlpRequest, spanId, traceId } from '../testing/otlp-request';
import { StartedLab, startLab } from '../testing/start-lab';

/** What Jaeger's page holds answers against, and what of the rest it needs. */
const count = z.number().int().min(0);
const decimal = z.string().regex(/^\d+$/);
const v3 = {
  services: z.strictObject({ services: z.array(z.string()) }),
  operations: z.strictObject({ operations: z.array(z.strictObject({ name: z.string(), spanKind: z.string() })) }),
  summaries: z.strictObject({
    summaries: z.array(
      z.strictObject({
        traceId: z.string().regex(/^[0-9a-f]{32}$/),
        rootServiceName: z.string(),
        rootOperationName: z.string(),
        minStartTimeUnixNano: decimal,
        maxEndTimeUnixNano: decimal,
        spanCount: count,
        errorSpanCount: count,
        orphanSpanCount: count,
        services: z.array(z.strictObject({ name: z.string(), spanCount: count, errorSpanCount: count })),
      }),
    ),
  }),
  error: z.strictObject({ error: z.strictObject({ httpCode: z.number(), message: z.string().min(1) }) }),
};
const keyValue = z.strictObject({
  key: z.string(),
  type: z.enum(['string', 'bool', 'int64', 'float64', 'binary']),
  value: z.union([z.string(), z.number(), z.boolean()]),
});
const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));
const trace = z.strictObject({
  traceID: hex(32),
  processes: z.record(z.string(), z.strictObject({ serviceName: z.string(), tags: z.array(keyValue) })),
  warnings: z.null(),
  spans: z.array(
    z.strictObject({
      traceID: hex(32),
      spanID: hex(16),
      operationName: z.string(),
      references: z.array(
        z.strictObject({ refType: z.enum(['CHILD_OF', 'FOLLOWS_FROM']), traceID: hex(32), spanID: hex(16) }),
      ),
      startTime: count,
      duration: count,
      tags: z.array(keyValue),
      logs: z.array(z.strictObject({ timestamp: count, fields: z.array(keyValue) })),
      processID: z.string(),
      warnings: z.array(z.string()).nullable(),
    }),
  ),
});
const error = z.strictObject({ code: z.number().optional(), msg: z.string().min(1), traceID: hex(32).optional() });
const structured = (data: z.ZodType) =>
  z.strictObject({ data, total: count, limit: count, offset: count, errors: z.array(error).nullable() });
const metrics = z.strictObject({
  name: z.string(),
  type: z.literal('GAUGE'),
  help: z.string(),
  metrics: z.array(
    z.strictObject({
      labels: z.array(z.strictObject({ name: z.string(), value: z.string() })).min(1),
      metricPoints: z.array(
        z.strictObject({ gaugeValue: z.strictObject({ doubleValue: z.number() }), timestamp: z.iso.datetime() }),
      ),
    }),
  ),
});
const dependencies = z.strictObject({
  dependencies: z.array(
    z.strictObject({
      path: z.array(z.strictObject({ service: z.string(), operation: z.string() })),
      attributes: z.array(z.strictObject({ key: z.literal('exemplar_trace_id'), value: hex(32) })),
    }),
  ),
});

const START_MS = 1_795_368_871_000;
const RANGE = 'query.startTimeMin=2026-11-20T00:00:00Z&query.startTimeMax=2026-11-30T00:00:00.123456789Z';
const WINDOW = `start=${(START_MS - 3600_000) * 1000}&end=${(START_MS + 3600_000) * 1000}`;
const request = otlpRequest(
  {
    trace: 1,
    id: 1,
    kind: 2,
    name: 'POST /servers',
    at: 0,
    took: 100,
    attributes: { 'http.response.status_code': 202 },
  },
  { trace: 1, id: 2, parent: 1, kind: 3, name: 'GET', at: 10, took: 30, attributes: { 'peer.service': 'glance-api' } },
  { trace: 1, id: 3, parent: 2, kind: 2, name: 'show', service: 'glance-api', at: 12, took: 20, error: 'no image' },
  { trace: 2, id: 1, kind: 2, name: 'POST /servers', at: 1000, took: 50 },
  { trace: 3, id: 5, parent: 4, name: 'lost', service: 'registry', at: 2000 },
);

let lab: StartedLab;
beforeAll(async () => {
  lab = await startLab();
  expect((await lab.send(request)).status).toBe(200);
});
afterAll(() => lab.stop());

async function ask<T extends z.ZodType>(url: string, schema: T, status = 200): Promise<z.infer<T>> {
  const answer = await lab.call('GET', url);
  expect([url, answer.status]).toEqual([url, status]);
  return schema.parse(JSON.parse(answer.text));
}

describe.each(['', '/jaeger'])('the third API below "%s"', (base) => {
  it('names services and operations', async () => {
    expect(await ask(`${base}/api/v3/services`, v3.services)).toEqual({
      services: ['compute-api', 'glance-api', 'registry'],
    });
    const operations = [
      { name: 'GET', spanKind: 'client' },
      { name: 'POST /servers', spanKind: 'server' },
    ];
    expect(await ask(`${base}/api/v3/operations?service=compute-api`, v3.operations)).toEqual({ operations });
    for (const kind of ['spanKind=server', 'span_kind=SERVER']) {
      expect(await ask(`${base}/api/v3/operations?service=compute-api&${kind}`, v3.operations)).toEqual({
        operations: [operations[1]],
      });
    }
    expect(await ask(`${base}/api/v3/operations?service=nobody`, v3.operations)).toEqual({ operations: [] });
  });

  it('sums traces up, newest first', async () => {
    const { summaries } = await ask(`${base}/api/v3/trace-summaries?${RANGE}`, v3.summaries);
    expect(summaries).toEqual([
      expect.objectContaining({ traceId: traceId(3), rootServiceName: '', rootOperationName: '', orphanSpanCount: 1 }),
      expect.objectContaining({ traceId: traceId(2), spanCount: 1, errorSpanCount: 0 }),
      {
        traceId: traceId(1),
        rootServiceName: 'compute-api',
        rootOperationName: 'POST /servers',
        minStartTimeUnixNano: '1795368871000000000',
        maxEndTimeUnixNano: '1795368871100000000',
        spanCount: 3,
        errorSpanCount: 1,
        orphanSpanCount: 0,
        services: [
          { name: 'compute-api', spanCount: 2, errorSpanCount: 0 },
          { name: 'glance-api', spanCount: 1, errorSpanCount: 1 },
        ],
      },
    ]);
  });

  it('gives traces as OTLP', async () => {
    const otlp = z.strictObject({ result: z.strictObject({ resourceSpans: z.array(z.unknown()).min(1) }) });
    const { result } = await ask(`${base}/api/v3/traces/${traceId(1)}`, otlp);
    expect(spansFromOtlp(result)).toEqual((await lab.get<Span[]>(`/lab/v1/traces/${traceId(1)}`)).body);
    const found = await ask(`${base}/api/v3/traces?${RANGE}&query.service_name=compute-api`, otlp);
    expect(spansFromOtlp(found.result)).toHaveLength(4);
  });

  it.each([
    ['trace-summaries', 400, 'query.startTimeMin and query.startTimeMax are required'],
    [`trace-summaries?query.startTimeMin=now&query.startTimeMax=later`, 400, /^malformed parameter query.startTimeMin/],
    [
      `trace-summaries?query.startTimeMin=2026-11-22T00:00:00Z&query.startTimeMax=2026-11-21T00:00:00Z`,
      400,
      /must be before/,
    ],
    [`trace-summaries?${RANGE}&query.durationMin=5`, 400, /^malformed parameter query.durationMin/],
    [`trace-summaries?${RANGE}&query.num_traces=x`, 400, /^malformed parameter query.num_traces/],
    [`trace-summaries?${RANGE}&query.filter={}`, 400, /filter is disabled/],
    [`traces?${RANGE}&query.raw_traces=perhaps`, 400, /^malformed parameter query.raw_traces/],
    [`traces/${traceId(1)}?startTime=now`, 400, /^malformed parameter startTime/],
    [`traces/${traceId(1)}?rawTraces=x`, 400, /^malformed parameter rawTraces/],
    ['traces/0', 404, 'trace not found'],
    [`trace-summaries?${RANGE}&query.searchDepth=0`, 400, /must be greater than 0/],
    [`trace-summaries?${RANGE}&query.attributes=[1]`, 400, /is not a JSON object of texts/],
    [`trace-summaries?${RANGE}&query.attributes={`, 400, /^malformed parameter query.attributes/],
    [`traces?${RANGE}&query.serviceName=nobody`, 404, 'No traces found'],
    [`traces/${traceId(9)}`, 404, 'trace not found'],
    ['traces/xyz', 400, /^"xyz" is not a trace id/],
  ])('says what is wrong with %s', async (path, status, message) => {
    const answer = await ask(`${base}/api/v3/${path}`, v3.error, status);
    expect(answer.error).toEqual({ httpCode: status, message: expect.stringMatching(message) });
  });
});

describe.each(['', '/jaeger'])('the first API below "%s"', (base) => {
  const names = structured(z.array(z.string()));

  it('names services and operations', async () => {
    expect(await ask(`${base}/api/services`, names)).toMatchObject({
      total: 3,
      data: ['compute-api', 'glance-api', 'registry'],
    });
    expect(await ask(`${base}/api/services/compute-api/operations`, names)).toMatchObject({
      data: ['GET', 'POST /servers'],
    });
    const operations = structured(z.array(z.strictObject({ name: z.string(), spanKind: z.string() })));
    expect(await ask(`${base}/api/operations?service=compute-api&spanKind=client`, operations)).toMatchObject({
      data: [{ name: 'GET', spanKind: 'client' }],
      total: 1,
    });
  });

  it('gives one trace, whatever the form of its id', async () => {
    const whole = await ask(`${base}/api/traces/${traceId(1)}`, structured(z.array(trace)));
    for (const id of [
      '1',
      '0000000000000001',
      traceId(1).toUpperCase(),
      'AAAAAAAAAAAAAAAAAAAAAQ',
      'AAAAAAAAAAAAAAAAAAAAAQ%3D%3D',
    ]) {
      expect(await ask(`${base}/api/traces/${id}`, structured(z.array(trace)))).toEqual(whole);
    }
    const { text } = await lab.call('GET', `${base}/api/traces/1?prettyPrint=true`);
    expect(text).toBe(JSON.stringify(JSON.parse(text), null, 4));
    expect(JSON.parse(text)).toEqual(whole);
  });

  it('gives several traces, and names those that are not there', async () => {
    const { data, errors } = await ask(`${base}/api/traces?traceID=1&traceID=9&traceID=2`, structured(z.array(trace)));
    expect(data).toEqual([
      expect.objectContaining({ traceID: traceId(1) }),
      expect.objectContaining({ traceID: traceId(2) }),
    ]);
    expect(errors).toEqual([{ msg: 'trace not found', traceID: traceId(9) }]);
  });

  it('finds traces', async () => {
    const search = async (query: string) => {
      const { data } = await ask(
        `${base}/api/traces?service=compute-api&${WINDOW}&${query}`,
        structured(z.array(trace)),
      );
      return (data as JaegerDocument['data']).map(({ traceID }) => parseInt(traceID, 16));
    };
    expect(await search('')).toEqual([2, 1]);
    expect(await search('limit=1')).toEqual([2]);
    expect(await search('operation=GET')).toEqual([1]);
    expect(await search('minDuration=60ms')).toEqual([1]);
    expect(await search('maxDuration=60ms&operation=POST%20/servers')).toEqual([2]);
    expect(await search('tag=http.response.status_code:202')).toEqual([1]);
    expect(await search('tags={"http.response.status_code":"202","span.kind":"server"}')).toEqual([1]);
  });

  it('tells who calls whom', async () => {
    const link = z.strictObject({ parent: z.string(), child: z.string(), callCount: count });
    const url = `${base}/api/dependencies?endTs=${START_MS + 60_000}&lookback=120000`;
    const links = [{ parent: 'compute-api', child: 'glance-api', callCount: 1 }];
    expect(await ask(url, structured(z.array(link)))).toMatchObject({ data: links });
    expect(await ask(`${url}&service=glance-api`, structured(z.array(link)))).toMatchObject({ data: links });
    expect(await ask(`${base}/api/dependencies?endTs=${START_MS}`, structured(z.array(link)))).toMatchObject({
      data: [],
    });
    const paths = await ask(
      `${base}/analytics/v1/dependencies?service=glance-api&operation=&start=0&end=0`,
      dependencies,
    );
    expect(paths.dependencies).toEqual([
      {
        path: [
          { service: 'compute-api', operation: 'POST /servers' },
          { service: 'glance-api', operation: 'show' },
        ],
        attributes: [{ key: 'exemplar_trace_id', value: traceId(1) }],
      },
    ]);
  });

  const asked = `service=compute-api&endTs=${START_MS + 60_000}&lookback=120000&step=60000&ratePer=60000&spanKind=server`;

  it.each([
    ['latencies?quantile=0.5&', 'service_latencies', 50],
    ['latencies?quantile=0.95&', 'service_latencies', 100],
    ['calls?', 'service_call_rate', 2 / 60],
    ['errors?', 'service_error_rate', 0],
  ])('measures %s', async (path, name, value) => {
    const answer = await ask(`${base}/api/metrics/${path}${asked}`, metrics);
    expect(answer.name).toBe(name);
    expect(answer.metrics[0]!.labels[0]).toEqual({ name: 'service_name', value: 'compute-api' });
    expect(answer.metrics[0]!.metricPoints.at(-1)).toEqual({
      gaugeValue: { doubleValue: value },
      timestamp: new Date(START_MS + 60_000).toISOString().replace('.000', ''),
    });
    const grouped = await ask(`${base}/api/metrics/${path}${asked}&groupByOperation=true`, metrics);
    expect(grouped.name).toBe(name.replace('service_', 'service_operation_'));
    expect(grouped.metrics[0]!.labels).toContainEqual({ name: 'operation', value: 'POST /servers' });
  });

  it.each([
    ['traces/xyz', 400, /^"xyz" is not a trace id/],
    [`traces/${'a'.repeat(33)}`, 400, /is not a trace id/],
    [`traces/${traceId(9)}`, 404, 'trace not found'],
    [`traces/1?raw=maybe`, 400, /is not true or false/],
    ['traces', 400, "parameter 'service' is required"],
    ['traces?service=a&limit=0', 400, /limit must be greater than 0/],
    ['traces?service=a&start=2&end=1', 400, /start time must be before end time/],
    ['traces?service=a&minDuration=2s&maxDuration=1s', 400, "'maxDuration' should be greater than 'minDuration'"],
    ['traces?service=a&tag=x', 400, /^malformed 'tag' parameter/],
    ['traces?service=a&tags={"x":1}', 400, /is not a JSON object of texts/],
    ['traces?service=a&start=x', 400, /^unable to parse param 'start'/],
    ['operations', 400, "parameter 'service' is required"],
    ['dependencies?endTs=x', 400, /^unable to parse param 'endTs'/],
    ['metrics/calls', 400, /at least one service/],
    ['metrics/latencies?service=a', 400, /^unable to parse param 'quantile'/],
    ['metrics/calls?service=a&spanKind=x', 400, /unsupported span kind: 'x'/],
    ['metrics/calls?service=a&step=0', 400, /'step'/],
    ['metrics/calls?service=a&step=1', 400, /larger step/],
  ])('says what is wrong with %s', async (path, status, msg) => {
    const answer = await ask(`${base}/api/${path}`, structured(z.null()), status);
    expect(answer.errors).toEqual([{ code: status, msg: expect.stringMatching(msg) }]);
  });

  it('answers an unknown path as text', async () => {
    for (const path of ['/api', '/api/', '/api/v3', '/api/v3/nothing', '/api/traces/1/2', '/analytics/v1/x']) {
      const answer = await lab.call('GET', base + path);
      expect([path, answer.status, answer.type]).toEqual([path, 404, expect.stringContaining('text/plain')]);
    }
  });
});

describe('POST /api/transform', () => {
  it('gives what was sent as Jaeger JSON and stores nothing', async () => {
    const sent = otlpRequest({ trace: 70, id: 1, kind: 2 }, { trace: 71, id: 1 });
    const answer = await lab.call('POST', '/api/transform', JSON.stringify(sent));
    const { data } = structured(z.array(trace)).parse(JSON.parse(answer.text));
    expect(fromJaeger({ data })).toEqual(spansFromOtlp(sent));
    expect((await lab.call('GET', '/api/traces/70')).status).toBe(404);
  });

  it.each(['', '{', '[]', '{"resourceSpans":7}'])('refuses %j', async (body) => {
    const { status, text } = await lab.call('POST', '/api/transform', body, { 'content-type': 'text/plain' });
    expect(status).toBe(400);
    expect(structured(z.null()).parse(JSON.parse(text)).errors).toHaveLength(1);
  });
});

describe('there and back', () => {
  it('keeps a trace from OTLP to Jaeger JSON, but for nanoseconds', async () => {
    const { data } = (await lab.get<JaegerDocument>(`/api/traces/${traceId(1)}?raw=true`)).body;
    const inOrder = (spans: Span[]) => [...spans].sort((a, b) => (a.spanId < b.spanId ? -1 : 1));
    expect(inOrder(fromJaeger({ data }))).toEqual(
      inOrder(spansFromOtlp(request).filter((span) => span.traceId === traceId(1))),
    );
    expect(data[0]!.spans.map(({ spanID }) => spanID)).toEqual([1, 2, 3].map(spanId));
  });
});

describe('POST /api/archive/{id}', () => {
  it('keeps a trace for good, over a restart too', async () => {
    const first = await startLab({ maxTraces: 2 });
    await first.send(otlpRequest({ trace: 1, id: 1 }));
    expect(await first.call('POST', '/api/archive/1')).toMatchObject({
      status: 200,
      text: '{"data":[],"total":0,"limit":0,"offset":0,"errors":[]}',
    });
    expect((await first.call('POST', '/api/archive/1')).status).toBe(200);
    expect((await first.call('POST', '/api/archive/9')).status).toBe(404);
    await first.stop({ keep: true });
    const second = await startLab({ connection: first.connection, maxTraces: 2 });
    // More than tags are dropped at once, and than origins are promised to outlive.
    for (let trace = 2; trace < 1400; trace += 100) {
      await second.send(otlpRequest(...Array.from({ length: 100 }, (_, index) => ({ trace: trace + index, id: 1 }))));
    }
    const ids = (await second.get<JaegerDocument>(`/api/traces?service=compute-api&tag=host.name:node1&${WINDOW}`)).body
      .data;
    expect(ids.map(({ traceID }) => parseInt(traceID, 16))).toEqual([1401, 1400, 1]);
    await second.stop();
    await first.stop();
  });
});
