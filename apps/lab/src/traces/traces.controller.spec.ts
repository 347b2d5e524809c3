import { JaegerDocument } from '@bootlab/trace-model';
import { otlpRequest, SentSpan, spanId, traceId } from '../testing/otlp-request';
import { StartedLab, startLab } from '../testing/start-lab';
import { TraceSummary } from '../store/trace-queries';
import { Arrivals } from '../store/arrivals';

const CLIENT = 3;
const SERVER = 2;
const PRODUCER = 4;
const CONSUMER = 5;

let lab: StartedLab;
beforeEach(async () => (lab = await startLab()));
afterEach(() => lab.stop());

const send = (...spans: SentSpan[]) => lab.send(otlpRequest(...spans));

describe('GET /lab/v1', () => {
  it('names the endpoints', async () => {
    expect((await lab.get<{ endpoints: object }>('/lab/v1')).body.endpoints).toHaveProperty(['POST /v1/traces']);
  });
});

describe('GET /lab/v1/traces', () => {
  const ids = async (query: string) =>
    (await lab.get<{ traces: TraceSummary[] }>(`/lab/v1/traces${query}`)).body.traces.map(({ traceId }) =>
      parseInt(traceId, 16),
    );

  it('lists the newest first, by service and name of one span', async () => {
    for (let trace = 1; trace <= 25; trace++)
      await send({ trace, id: 1, service: trace % 2 ? 'registry' : 'glance-api' });
    await send({ trace: 7, id: 2, parent: 1, service: 'conductor', name: 'x' });
    expect(await ids('')).toHaveLength(20);
    expect(await ids('?limit=3')).toEqual([25, 24, 23]);
    expect(await ids('?limit=2&service=glance-api')).toEqual([24, 22]);
    expect(await ids('?name=x')).toEqual([7]);
    expect(await ids('?service=conductor&name=x')).toEqual([7]);
    expect(await ids('?service=registry&name=x')).toEqual([]);
    expect(await ids('?service=nobody')).toEqual([]);
  });

  it.each(['0', '-1', 'x', '10001'])('refuses limit=%s', async (limit) => {
    const { status, body } = await lab.get<{ message: string }>(`/lab/v1/traces?limit=${limit}`);
    expect(status).toBe(400);
    expect(body.message).toBe(`limit is "${limit}"; it takes a number from 1 to 10000.`);
  });
});

describe('GET /lab/v1/traces/:id', () => {
  it('takes the id in any case, 64 or 128 bits', async () => {
    await send({ trace: 0xabc, id: 1 });
    for (const id of [traceId(0xabc), traceId(0xabc).toUpperCase(), '0000000000000ABC']) {
      expect((await lab.get(`/lab/v1/traces/${id}`)).body).toMatchObject([{ traceId: traceId(0xabc) }]);
    }
  });

  it.each(['abc', 'x'.repeat(32), '0'.repeat(32)])('refuses %s', async (id) => {
    const { status, body } = await lab.get<{ message: string }>(`/lab/v1/traces/${id}`);
    expect(status).toBe(400);
    expect(body.message).toBe(`"${id}" is not a trace id: it takes 16 or 32 hex digits, not all zero.`);
  });

  it('says that it does not know a trace', async () => {
    for (const url of [`/lab/v1/traces/${traceId(9)}`, `/lab/v1/traces/${traceId(9)}/jaeger`]) {
      const { status, body } = await lab.get<{ message: string }>(url);
      expect(status).toBe(404);
      expect(body.message).toMatch(/^No span of trace 0+9 is stored: it never arrived, or it was dropped/);
    }
  });
});

describe('GET /lab/v1/traces/:id/jaeger', () => {
  it('answers Jaeger JSON', async () => {
    await send({ trace: 1, id: 1 }, { trace: 1, id: 2, parent: 1, service: 'registry' });
    const { data } = (await lab.get<JaegerDocument>(`/lab/v1/traces/${traceId(1)}/jaeger`)).body;
    expect(data[0]!.spans.map((span) => span.spanID)).toEqual([spanId(1), spanId(2)]);
    expect(data[0]!.spans[1]!.references).toEqual([{ refType: 'CHILD_OF', traceID: traceId(1), spanID: spanId(1) }]);
    expect(Object.values(data[0]!.processes).map(({ serviceName }) => serviceName)).toEqual([
      'compute-api',
      'registry',
    ]);
  });
});

describe('GET /lab/v1/traces/:id?wait=complete', () => {
  const root: SentSpan = { trace: 1, id: 1, kind: SERVER, name: 'POST /servers' };
  const call: SentSpan = {
    trace: 1,
    id: 2,
    parent: 1,
    kind: CLIENT,
    name: 'GET',
    attributes: { 'peer.service': 'glance-api' },
  };
  const served: SentSpan = { trace: 1, id: 3, parent: 2, kind: SERVER, service: 'glance-api' };
  const cast: SentSpan = {
    trace: 1,
    id: 4,
    parent: 1,
    kind: PRODUCER,
    name: 'cast',
    attributes: { 'peer.service': 'conductor' },
  };
  const taken: SentSpan = { trace: 1, id: 5, parent: 4, kind: CONSUMER, service: 'conductor' };

  const wait = (timeout: number) => lab.get(`/lab/v1/traces/${traceId(1)}?wait=complete&timeout=${timeout}`);

  /** `listening` resolves once the lab listens for spans of a trace, so that what is sent next arrives while it waits. */
  const watchArrivals = () => {
    const arrivals = lab.app.get(Arrivals);
    const listen = arrivals.listen.bind(arrivals);
    let stop: () => void;
    const stopped = new Promise<void>((resolve) => (stop = resolve));
    const listening = new Promise<void>((resolve) => {
      arrivals.listen = (...args) => {
        const stopListening = listen(...args);
        resolve();
        return () => {
          stopListening();
          stop();
        };
      };
    });
    return { listening, stopped };
  };

  it('answers at once when the trace is complete', async () => {
    await send(root, call, served);
    expect((await wait(600)).body).toMatchObject({
      traceId: traceId(1),
      complete: true,
      missing: [],
      spans: [{ spanId: spanId(1) }, { spanId: spanId(2) }, { spanId: spanId(3) }],
    });
  });

  it('answers as soon as the last hand-over arrives', async () => {
    await send(cast, served);
    const { listening } = watchArrivals();
    const answer = wait(600);
    await listening;
    await send({ ...root, trace: 2 });
    for (const span of [root, call, taken]) await send(span);
    expect((await answer).body).toMatchObject({
      complete: true,
      spans: [1, 2, 3, 4, 5].map((id) => ({ spanId: spanId(id) })),
    });
  });

  it('names at the deadline what has not arrived', async () => {
    await send(root, call, cast);
    expect(await wait(0.05)).toMatchObject({
      status: 200,
      body: {
        complete: false,
        missing: [
          '"GET" (compute-api) called glance-api, whose SERVER span has not arrived.',
          '"cast" (compute-api) sent a message to conductor, whose CONSUMER span has not arrived.',
        ],
        spans: [{}, {}, {}],
      },
    });
  });

  it('waits for a trace that nobody has heard of yet', async () => {
    expect((await wait(0)).body).toEqual({
      traceId: traceId(1),
      complete: false,
      missing: ['No span of this trace has arrived.'],
      spans: [],
    });
  });

  it('gives what there is when the lab stops', async () => {
    await send(call);
    const { listening } = watchArrivals();
    const answer = wait(600);
    await listening;
    await lab.app.close();
    expect((await answer).body).toMatchObject({ complete: false });
  });

  it('lets go when the client hangs up', async () => {
    await lab.app.listen(0, '127.0.0.1');
    const { listening, stopped } = watchArrivals();
    const hangUp = new AbortController();
    const url = `${await lab.app.getUrl()}/lab/v1/traces/${traceId(1)}?wait=complete&timeout=600`;
    const answer = fetch(url, { signal: hangUp.signal });
    await listening;
    hangUp.abort();
    await expect(answer).rejects.toThrow();
    await stopped;
  });

  it.each([
    ['wait=all', 'wait is "all"; it takes complete.'],
    ['wait=complete&timeout=x', 'timeout is "x"; it takes a number from 0 to 600.'],
    ['wait=complete&timeout=601', 'timeout is "601"; it takes a number from 0 to 600.'],
  ])('refuses %s', async (query, message) => {
    expect(await lab.get(`/lab/v1/traces/${traceId(1)}?${query}`)).toMatchObject({ status: 400, body: { message } });
  });
});
