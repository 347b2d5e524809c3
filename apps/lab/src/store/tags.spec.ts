import { otlpRequest, SentSpan } from '../testing/otlp-request';
import { StartedLab, startLab } from '../testing/start-lab';
import { LAB_DATABASE, LabDatabase } from './lab-database';
import { TraceSearch } from './trace-search';

const ENOUGH = 5000;

/** Many traces of one span, and what each of them only has. */
const traces = (first: number, count: number): SentSpan[] =>
  Array.from({ length: count }, (_, index) => ({
    trace: first + index,
    id: 1,
    attributes: { 'instance.id': `instance-${first + index}` },
  }));

const database = (lab: StartedLab) => lab.app.get<LabDatabase>(LAB_DATABASE);

const find = (lab: StartedLab, trace: number) =>
  lab.app.get(TraceSearch).find({ tags: new Map([['instance.id', `instance-${trace}`]]) }, 5);

const untagged = async (lab: StartedLab) =>
  (await database(lab).selectFrom('traces').select('number').where('untagged', '=', 1).execute()).length;

const tagged = async (lab: StartedLab) =>
  (await database(lab).selectFrom('tags').select('trace').distinct().orderBy('trace').execute()).map(
    ({ trace }) => trace,
  );

describe('tags', () => {
  const started: StartedLab[] = [];
  const start = async (options: Parameters<typeof startLab>[0]) => {
    const lab = await startLab(options);
    started.push(lab);
    return lab;
  };
  afterEach(async () => {
    await Promise.all(started.splice(0).map((lab) => lab.stop()));
  });

  it('are found while they wait, once they are written, and when the trace goes on', async () => {
    const lab = await start({ maxTraces: 2 * ENOUGH });
    await lab.send(otlpRequest(...traces(1, 10)));
    expect([await untagged(lab), (await tagged(lab)).length, await find(lab, 7)]).toEqual([10, 0, [7]]);
    await lab.send(otlpRequest(...traces(11, ENOUGH - 10)));
    expect([await untagged(lab), (await tagged(lab)).length, await find(lab, 7)]).toEqual([0, ENOUGH, [7]]);
    await lab.send(otlpRequest({ trace: 7, id: 2, parent: 1, attributes: { 'instance.id': 'instance-0' } }));
    expect([await untagged(lab), await find(lab, 0), await find(lab, 7)]).toEqual([1, [7], [7]]);
  });

  it('are not written for traces that were dropped while they waited', async () => {
    const lab = await start({ maxTraces: 3 });
    await lab.send(otlpRequest(...traces(1, ENOUGH - 2)));
    await lab.send(otlpRequest(...traces(ENOUGH - 1, 2)));
    expect(await tagged(lab)).toEqual([ENOUGH - 2, ENOUGH - 1, ENOUGH]);
  });

  it('are written when the lab starts again', async () => {
    const lab = await start({});
    await lab.send(otlpRequest(...traces(1, 20)));
    await lab.app.close();
    const again = await start({ connection: lab.connection });
    expect([await untagged(again), (await tagged(again)).length, await find(again, 20)]).toEqual([0, 20, [20]]);
  });
});
