import { fromJaeger, JaegerDocument, Span, spansFromOtlp } from '@bootlab/trace-model';
import { z } from 'zod';
import { structured, trace } from '../testing/jaeger-schemas';
import { spanId, traceId } from '../testing/otlp-request';
import { StartedLab } from '../testing/start-lab';
import { ask, startWithTraces, threeTraces, WINDOW } from '../testing/three-traces';

let lab: StartedLab;
beforeAll(async () => {
  lab = await startWithTraces();
});
afterAll(() => lab.stop());

describe.each(['', '/jaeger'])('the first API below "%s"', (base) => {
  const names = structured(z.array(z.string()));

  it('names services and operations', async () => {
    expect(await ask(lab, `${base}/api/services`, names)).toMatchObject({
      total: 3,
      data: ['compute-api', 'glance-api', 'registry'],
    });
    expect(await ask(lab, `${base}/api/services/compute-api/operations`, names)).toMatchObject({
      data: ['GET', 'POST /servers'],
    });
    const operations = structured(z.array(z.strictObject({ name: z.string(), spanKind: z.string() })));
    expect(await ask(lab, `${base}/api/operations?service=compute-api&spanKind=client`, operations)).toMatchObject({
      data: [{ name: 'GET', spanKind: 'client' }],
      total: 1,
    });
  });

  it('gives one trace, whatever the form of its id', async () => {
    const whole = await ask(lab, `${base}/api/traces/${traceId(1)}`, structured(z.array(trace)));
    for (const id of [
      '1',
      '0000000000000001',
      traceId(1).toUpperCase(),
      'AAAAAAAAAAAAAAAAAAAAAQ',
      'AAAAAAAAAAAAAAAAAAAAAQ%3D%3D',
    ]) {
      expect(await ask(lab, `${base}/api/traces/${id}`, structured(z.array(trace)))).toEqual(whole);
    }
    const { text } = await lab.call('GET', `${base}/api/traces/1?prettyPrint=true`);
    expect(text).toBe(JSON.stringify(JSON.parse(text), null, 4));
    expect(JSON.parse(text)).toEqual(whole);
  });

  it('gives several traces, and names those that are not there', async () => {
    const { data, errors } = await ask(
      lab,
      `${base}/api/traces?traceID=1&traceID=9&traceID=2`,
      structured(z.array(trace)),
    );
    expect(data).toEqual([
      expect.objectContaining({ traceID: traceId(1) }),
      expect.objectContaining({ traceID: traceId(2) }),
    ]);
    expect(errors).toEqual([{ msg: 'trace not found', traceID: traceId(9) }]);
  });

  it('finds traces', async () => {
    const search = async (query: string) => {
      const { data } = await ask(
        lab,
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
    const answer = await ask(lab, `${base}/api/${path}`, structured(z.null()), status);
    expect(answer.errors).toEqual([{ code: status, msg: expect.stringMatching(msg) }]);
  });

  it('answers an unknown path as text', async () => {
    for (const path of ['/api', '/api/', '/api/v3', '/api/v3/nothing', '/api/traces/1/2', '/analytics/v1/x']) {
      const answer = await lab.call('GET', base + path);
      expect([path, answer.status, answer.type]).toEqual([path, 404, expect.stringContaining('text/plain')]);
    }
  });
});

describe('there and back', () => {
  it('keeps a trace from OTLP to Jaeger JSON, but for nanoseconds', async () => {
    const { data } = (await lab.get<JaegerDocument>(`/api/traces/${traceId(1)}?raw=true`)).body;
    const inOrder = (spans: Span[]) => [...spans].sort((a, b) => (a.spanId < b.spanId ? -1 : 1));
    expect(inOrder(fromJaeger({ data }))).toEqual(
      inOrder(spansFromOtlp(threeTraces).filter((span) => span.traceId === traceId(1))),
    );
    expect(data[0]!.spans.map(({ spanID }) => spanID)).toEqual([1, 2, 3].map(spanId));
  });
});
