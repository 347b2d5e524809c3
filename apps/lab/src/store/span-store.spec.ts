import { otlpRequest, SentSpan, traceId } from '../testing/otlp-request';
import { StartedLab, startLab } from '../testing/start-lab';
import { LAB_DATABASE, LabDatabase } from './lab-database';
import { SpanQueue } from './span-queue';
import { TraceSummary } from './trace-queries';
import { spansFromOtlp } from '@bootlab/trace-model';

const started: StartedLab[] = [];
async function start(options: Parameters<typeof startLab>[0] = {}) {
  const lab = await startLab(options);
  started.push(lab);
  return lab;
}
afterEach(async () => {
  await Promise.all(started.splice(0).map((lab) => lab.stop()));
});

const summaries = async (lab: StartedLab) => (await lab.get<{ traces: TraceSummary[] }>('/lab/v1/traces')).body.traces;

describe('the span store', () => {
  it('gives back what came in', async () => {
    const lab = await start();
    const request = otlpRequest(
      { trace: 1, id: 2, parent: 1, kind: 3, error: 'boom', attributes: { a: 1, 'code.function.name': 'x' } },
      { trace: 1, id: 1, service: 'ü\u0000', name: '映像\u0000' },
    );
    await lab.send(request);
    const [second, first] = spansFromOtlp(request);
    expect((await lab.get(`/lab/v1/traces/${traceId(1)}`)).body).toEqual([first, second]);
  });

  it('keeps the summary of a trace up to date', async () => {
    const lab = await start();
    await lab.send(otlpRequest({ trace: 1, id: 2, parent: 1, at: 5, took: 10, error: 'boom' }));
    const early = { traceId: traceId(1), rootService: null, rootName: null, spanCount: 1, errorCount: 1 };
    expect(await summaries(lab)).toEqual([
      { ...early, startTimeUnixNano: '1795368871005000000', durationNano: 10_000_000 },
    ]);
    await lab.send(otlpRequest({ trace: 1, id: 1, at: 1, took: 6, name: 'POST /servers' }));
    expect(await summaries(lab)).toEqual([
      {
        traceId: traceId(1),
        rootService: 'compute-api',
        rootName: 'POST /servers',
        startTimeUnixNano: '1795368871001000000',
        durationNano: 14_000_000,
        spanCount: 2,
        errorCount: 1,
      },
    ]);
  });

  it('stores a span once, however often and with whatever it is sent again', async () => {
    const lab = await start();
    const spans: SentSpan[] = [
      { trace: 1, id: 1, name: 'first' },
      { trace: 1, id: 2, parent: 1, error: 'boom' },
    ];
    await lab.send(otlpRequest(...spans));
    const before = [await summaries(lab), await lab.get(`/lab/v1/traces/${traceId(1)}`)];
    await lab.send(otlpRequest(...spans));
    await lab.send(otlpRequest({ trace: 1, id: 1, name: 'other', at: 0, took: 1000, error: 'x' }));
    await Promise.all([lab.send(otlpRequest(...spans)), lab.send(otlpRequest(...spans))]);
    expect([await summaries(lab), await lab.get(`/lab/v1/traces/${traceId(1)}`)]).toEqual(before);
    await lab.send(otlpRequest({ trace: 1, id: 2, parent: 1 }, { trace: 1, id: 3, parent: 1 }));
    expect((await summaries(lab))[0]).toMatchObject({ spanCount: 3, errorCount: 1 });
  });

  it('counts spans of many requests at once', async () => {
    const lab = await start();
    const sent = Array.from({ length: 50 }, (_, id) => lab.send(otlpRequest({ trace: 1, id: id + 1, parent: 1000 })));
    expect(new Set((await Promise.all(sent)).map(({ status }) => status))).toEqual(new Set([200]));
    expect((await summaries(lab))[0]).toMatchObject({ spanCount: 50 });
  });

  it('survives a restart', async () => {
    const lab = await start();
    await lab.send(otlpRequest({ trace: 1, id: 1 }, { trace: 2, id: 1 }));
    await lab.app.close();
    const again = await start({ connection: lab.connection, maxTraces: 2 });
    expect((await again.get(`/lab/v1/traces/${traceId(1)}`)).body).toHaveLength(1);
    await again.send(otlpRequest({ trace: 2, id: 2, parent: 1 }, { trace: 3, id: 1 }));
    expect((await summaries(again)).map((summary) => summary.traceId)).toEqual([traceId(3), traceId(2)]);
  });

  it('drops the oldest traces beyond the bound, with all that was theirs', async () => {
    const lab = await start({ maxTraces: 3 });
    for (let trace = 1; trace <= 5; trace++) {
      await lab.send(otlpRequest({ trace, id: 1 }, { trace, id: 2, parent: 1 }));
    }
    await lab.send(otlpRequest({ trace: 3, id: 3, parent: 1 }));
    expect((await summaries(lab)).map((summary) => summary.traceId)).toEqual([5, 4, 3].map(traceId));
    expect((await lab.get(`/lab/v1/traces/${traceId(2)}`)).status).toBe(404);
    const db = lab.app.get<LabDatabase>(LAB_DATABASE);
    expect(await db.selectFrom('spans').select('trace').distinct().execute()).toHaveLength(3);
  });

  it('drops down to the bound when one request brings more, and when the bound got lower', async () => {
    const lab = await start({ maxTraces: 3 });
    await lab.send(otlpRequest(...[1, 2, 3, 4, 5].map((trace) => ({ trace, id: 1 }))));
    expect(await summaries(lab)).toHaveLength(3);
    await lab.app.close();
    const lower = await start({ connection: lab.connection, maxTraces: 1 });
    expect(await summaries(lower)).toHaveLength(1);
  });

  it('drops the resources of processes that no stored trace knows', async () => {
    const lab = await start({ maxTraces: 1 });
    const db = lab.app.get<LabDatabase>(LAB_DATABASE);
    await lab.send(otlpRequest({ trace: 1, id: 1, attributes: {} }));
    await db.updateTable('origins').set({ last_trace: 1 }).execute();
    const other = otlpRequest({ trace: 2, id: 1 });
    other.resourceSpans[0]!.resource.attributes[1]!.value = { stringValue: 'node2' };
    await lab.send(other);
    expect(await db.selectFrom('origins').select('body').execute()).toEqual([
      { body: '{"resource":{"host.name":"node2"},"scope":{"name":"@bootlab/hop","version":"1"}}' },
    ]);
  });

  it('rejects what cannot be written and goes on', async () => {
    const lab = await start();
    const db = lab.app.get<LabDatabase>(LAB_DATABASE);
    await db.schema.alterTable('spans').renameTo('elsewhere').execute();
    const answer = await lab.send(otlpRequest({ trace: 1, id: 1 }));
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.text).message).toMatch(/^The spans are not stored: SQLITE_ERROR/);
    await db.schema.alterTable('elsewhere').renameTo('spans').execute();
    expect(await summaries(lab)).toEqual([]);
    expect((await lab.send(otlpRequest({ trace: 1, id: 1 }))).status).toBe(200);
    expect((await summaries(lab))[0]).toMatchObject({ spanCount: 1 });
  });

  it('refuses spans when more wait than memory should hold', async () => {
    const lab = await start();
    const queue = lab.app.get(SpanQueue);
    const [span] = spansFromOtlp(otlpRequest({ trace: 1, id: 1 }));
    const many = Array.from({ length: 60_000 }, () => span!);
    const taken = [queue.add(many), queue.add(many)];
    await expect(queue.add([span!])).rejects.toThrow(/^120000 spans wait to be stored; send these again later\.$/);
    await Promise.all(taken);
    await queue.add([span!]);
    expect((await summaries(lab))[0]).toMatchObject({ spanCount: 1 });
  });
});
