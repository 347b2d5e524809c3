import { Span, toJaeger } from '@bootlab/trace-model';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { traceOf } from './diff-source';

function span(traceId: string): Span {
  return {
    traceId: traceId.repeat(32),
    spanId: '000000000000000a',
    name: 'spawn',
    kind: 'internal',
    service: 'compute-manager',
    startTimeUnixNano: '1795368871000000000',
    durationNano: 1000,
    attributes: { hosts: ['a'] },
    events: [],
    links: [],
    status: { code: 'unset' },
    resource: {},
    scope: { name: 'lab' },
  };
}

describe('traceOf', () => {
  let folder: string;
  const file = (name: string) => join(folder, name);
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'bootlab-diff-'))));
  afterAll(() => rm(folder, { recursive: true }));

  async function written(content: unknown): Promise<string> {
    const path = file('trace.json');
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  async function refusal(argument: string): Promise<Failure> {
    const failure: unknown = await traceOf(argument).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    return failure as Failure;
  }

  it('takes the name of a reference, also of a later step', async () => {
    expect((await traceOf('compute-killed.back')).length).toBeGreaterThan(0);
  });

  it('reads Jaeger JSON', async () => {
    const [read] = await traceOf(await written(toJaeger([span('1')])));
    expect(read).toMatchObject({ name: 'spawn', service: 'compute-manager', durationNano: 1000 });
  });

  it('reads what `trace show --json` printed', async () => {
    const path = await written({ traceId: '1'.repeat(32), complete: true, missing: [], spans: [span('1')] });
    expect(await traceOf(path)).toEqual([span('1')]);
  });

  it.each<[string, unknown, RegExp]>([
    ['broken JSON', '{"data": [', /is not JSON \(.+\)\. Write one with `bootlab trace export/],
    ['no trace', { hello: 1 }, /is not a trace\. This is not Jaeger JSON/],
    ['nothing', null, /is not a trace/],
    ['spans of another kind', { data: [{ spans: [{ traceID: '1', spanID: '2' }], processes: {} }] }, /is not a trace/],
    ['a wrong span', { traceId: 'x', spans: [{ ...span('1'), durationNano: '1' }] }, /spans\.0\.durationNano is wrong/],
    ['no span', { data: [{ traceID: '1', spans: [], processes: {} }] }, /has no span/],
    ['two traces', toJaeger([span('1'), span('2')]), /has 2 traces, and a comparison takes one/],
  ])('refuses %s in a sentence', async (_, content, sentence) => {
    const failure = await refusal(await written(content));
    expect(failure.message).toMatch(sentence);
    expect(failure.exitCode).toBe(exitCodes.usage);
  });

  it('refuses a file that is too large without reading it', async () => {
    const path = await written('');
    await truncate(path, 200 * 1024 * 1024);
    expect((await refusal(path)).message).toContain('has 200 MiB, more than the 64 MiB that a trace may have');
  });

  it('says what is not there', async () => {
    expect(await refusal(file('absent.json'))).toMatchObject({
      message: `${file('absent.json')} is not there: name a file with a trace.`,
      exitCode: exitCodes.notFound,
    });
    expect((await refusal(folder)).message).toContain('is not a file');
    for (const name of ['no-such-scenario', 'No Such', '..']) {
      expect([exitCodes.notFound, exitCodes.usage]).toContain((await refusal(name)).exitCode);
    }
    expect((await refusal('no-such-scenario')).message).toContain('is no trace id, no file and no scenario');
  });
});
