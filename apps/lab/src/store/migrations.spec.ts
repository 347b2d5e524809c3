import { openDatabase } from '@bootlab/database';
import { spansFromOtlp } from '@bootlab/trace-model';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { otlpRequest, spanId, traceId } from '../testing/otlp-request';
import { StartedLab, startLab } from '../testing/start-lab';
import { migrations } from './migrations';
import type { LabSchema } from './schema';
import { spanValues, SPAN_COLUMNS } from './span-row';

const TRACES = 300;
/** More than one slice, in one trace. */
const SPANS = 1200;

const request = otlpRequest(
  ...Array.from({ length: TRACES }, (_, trace) => ({
    trace: trace + 1,
    id: 1,
    at: 0,
    took: trace + 1,
    attributes: { 'image.id': `image-${trace + 1}` },
  })),
  ...Array.from({ length: SPANS }, (_, index) => ({
    trace: 7,
    id: index + 2,
    parent: 1,
    at: 0,
    took: 5,
    attributes: { 'instance.uuid': `instance-${index}` },
  })),
);

/** A file as the first version left it: without what searches need. */
async function writeOldFile(connection: string): Promise<void> {
  const db = await openDatabase<LabSchema>(connection, { migrations: { '001_traces': migrations['001_traces']! } });
  await db.insertInto('operations').values({ id: 1, service: 'compute-api', name: 'old', kind: 'internal' }).execute();
  for (const span of spansFromOtlp(request)) {
    const number = Number.parseInt(span.traceId, 16);
    const { resource, scope } = span;
    await db
      .insertInto('origins')
      .values({ id: 1, body: JSON.stringify({ resource, scope }), last_trace: TRACES + 1000 })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const values = spanValues(span, number, 1, 1);
    const row = Object.fromEntries(SPAN_COLUMNS.map((column, index) => [column, values[index]]));
    await db
      .insertInto('spans')
      .values(row as never)
      .execute();
    const trace = { trace_id: span.traceId, root_service: 'compute-api', root_name: 'old', start_micros: 0 };
    await db
      .insertInto('traces')
      .values({ number, ...trace, end_micros: 2 ** 52, span_count: 1, error_count: 0 } as never)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  await db.destroy();
}

describe('002_search', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-old-'));
  const connection = `sqlite:///${folder}/traces.sqlite`;
  let lab: StartedLab;
  beforeAll(async () => {
    await writeOldFile(connection);
    lab = await startLab({ connection, maxTraces: 1000 });
  });
  afterAll(async () => {
    await lab.stop();
    rmSync(folder, { recursive: true });
  });

  it('keeps the traces of an older store, which are found as new ones are', async () => {
    const found = async (query: string) => {
      const { body } = await lab.get<{ data: { traceID: string }[] }>(
        `/api/traces?service=compute-api&start=0&end=${2 ** 52}&${query}`,
      );
      return body.data.map(({ traceID }) => traceID);
    };
    const tagged = (key: string, value: string) =>
      found(`tags=${encodeURIComponent(JSON.stringify({ [key]: value }))}`);
    expect((await lab.get<object[]>(`/lab/v1/traces/${traceId(7)}`)).body).toHaveLength(SPANS + 1);
    expect(await tagged('image.id', 'image-300')).toEqual([traceId(300)]);
    expect(await tagged('host.name', 'node1')).toHaveLength(100);
    for (const index of [0, 600, SPANS - 1]) {
      expect(await tagged('instance.uuid', `instance-${index}`)).toEqual([traceId(7)]);
    }
    expect(await found('operation=old&minDuration=299ms')).toEqual([traceId(300), traceId(299)]);
    expect(await found('maxDuration=1ms&minDuration=1ms')).toEqual([traceId(1)]);
    expect((await lab.get<{ spanId: string }[]>(`/lab/v1/traces/${traceId(1)}`)).body[0]!.spanId).toBe(spanId(1));
  });
});
