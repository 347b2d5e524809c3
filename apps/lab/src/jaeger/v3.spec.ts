import { Span, spansFromOtlp } from '@bootlab/trace-model';
import { z } from 'zod';
import { v3 } from '../testing/jaeger-schemas';
import { traceId } from '../testing/otlp-request';
import { StartedLab } from '../testing/start-lab';
import { ask, startWithTraces } from '../testing/three-traces';

let lab: StartedLab;
beforeAll(async () => {
  lab = await startWithTraces();
});
afterAll(() => lab.stop());

const RANGE = 'query.startTimeMin=2026-11-20T00:00:00Z&query.startTimeMax=2026-11-30T00:00:00.123456789Z';

describe.each(['', '/jaeger'])('the third API below "%s"', (base) => {
  it('names services and operations', async () => {
    expect(await ask(lab, `${base}/api/v3/services`, v3.services)).toEqual({
      services: ['compute-api', 'glance-api', 'registry'],
    });
    const operations = [
      { name: 'GET', spanKind: 'client' },
      { name: 'POST /servers', spanKind: 'server' },
    ];
    expect(await ask(lab, `${base}/api/v3/operations?service=compute-api`, v3.operations)).toEqual({ operations });
    for (const kind of ['spanKind=server', 'span_kind=SERVER']) {
      expect(await ask(lab, `${base}/api/v3/operations?service=compute-api&${kind}`, v3.operations)).toEqual({
        operations: [operations[1]],
      });
    }
    expect(await ask(lab, `${base}/api/v3/operations?service=nobody`, v3.operations)).toEqual({ operations: [] });
  });

  it('sums traces up, newest first', async () => {
    const { summaries } = await ask(lab, `${base}/api/v3/trace-summaries?${RANGE}`, v3.summaries);
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
    const { result } = await ask(lab, `${base}/api/v3/traces/${traceId(1)}`, otlp);
    expect(spansFromOtlp(result)).toEqual((await lab.get<Span[]>(`/lab/v1/traces/${traceId(1)}`)).body);
    const found = await ask(lab, `${base}/api/v3/traces?${RANGE}&query.service_name=compute-api`, otlp);
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
    const answer = await ask(lab, `${base}/api/v3/${path}`, v3.error, status);
    expect(answer.error).toEqual({ httpCode: status, message: expect.stringMatching(message) });
  });
});
