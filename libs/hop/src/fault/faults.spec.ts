import { context, propagation, SpanStatusCode, trace } from '@opentelemetry/api';
import { node, tracing } from '@opentelemetry/sdk-node';
import { hop, hopGenerator, recordDownTo } from '..';
import { Fault, FaultActions, FaultPlan, setFaultActions, withFaultPlan } from '.';
import { droppedCast } from './drop';

const exporter = new tracing.InMemorySpanExporter();
const provider = new node.NodeTracerProvider({ spanProcessors: [new tracing.SimpleSpanProcessor(exporter)] });

const SYNC = 'glance.api.v1.images.redact_loc';
const ASYNC = 'glance.api.v1.images.Controller._get_from_store';
const STREAM = 'glance_store._drivers.filesystem.ChunkedFile.__iter__';
const CAST = 'nova.compute.rpcapi.ComputeAPI.build_and_run_instance';

const redactLoc = hop(SYNC, function redactLoc(text: string) {
  return text.length;
});
const getFromStore = hop(ASYNC, async function getFromStore(text: string) {
  return text.length;
});
const buildAndRun = hop(CAST, async function buildAndRun() {
  return droppedCast(context.active());
});
const decorated = hop(
  'glance.api.v1.images.Controller.meta',
  async function meta(text: string) {
    return text;
  },
  {
    around: (work, text) =>
      work().then(
        (result) => `${text} went well: ${result}`,
        (error: Error) => `${text} failed: ${error.message}`,
      ),
  },
);
let released = 0;
const chunked = hopGenerator(STREAM, async function* chunked(count: number) {
  try {
    for (let i = 0; i < count; i++) yield Buffer.from([i, i, i, i]);
  } finally {
    released++;
  }
});

let died: () => void;
let warnings: string[];
const actions: FaultActions = {
  service: 'glance-api',
  host: 'node1',
  exception: (dotted, message = 'by itself') =>
    dotted.startsWith('known.') ? Object.assign(new Error(message), { name: dotted.slice(6) }) : undefined,
  die: () => new Promise<never>(() => died()),
  warn: (message) => void warnings.push(message),
};

beforeAll(() => provider.register());
afterAll(async () => {
  setFaultActions(undefined);
  await provider.shutdown();
  trace.disable();
  context.disable();
  propagation.disable();
});
beforeEach(() => {
  exporter.reset();
  recordDownTo('detail');
  setFaultActions(actions);
  warnings = [];
  released = 0;
});

let plans = 0;
function plan(faults: Fault[], rest: Partial<FaultPlan> = {}): FaultPlan {
  return { id: `p${++plans}`, seed: 1, faults, ...rest };
}

/** Runs work as a request with these faults. */
function under<T>(given: Fault | FaultPlan, work: () => T): T {
  const made = 'faults' in given ? given : plan([given]);
  return context.with(withFaultPlan(context.active(), made), work);
}

function fired() {
  return exporter
    .getFinishedSpans()
    .flatMap(({ events }) =>
      events.flatMap(({ name, attributes }) => (name === 'fault.fired' ? [attributes?.['fault.summary']] : [])),
    );
}

async function read(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

describe('a fault at a hop', () => {
  it('delays what is asynchronous and lets others go on', async () => {
    const order: string[] = [];
    const slow = under({ hop: ASYNC, kind: 'delay', ms: 20 }, () => getFromStore('abc')).then(() => order.push('slow'));
    const quick = getFromStore('ab').then(() => order.push('quick'));
    await Promise.all([slow, quick]);
    expect(order).toEqual(['quick', 'slow']);
    expect(fired()).toEqual(['delayed 20 ms']);
  });

  it('holds up the process where the hop runs without a pause', () => {
    const before = performance.now();
    expect(under({ hop: SYNC, kind: 'delay', ms: 20 }, () => redactLoc('abc'))).toBe(3);
    expect(performance.now() - before).toBeGreaterThanOrEqual(19);
  });

  it('spreads a delay by the seed', async () => {
    const delays = async (seed: number) => {
      exporter.reset();
      const jittered = plan([{ hop: ASYNC, kind: 'delay', ms: 5, jitterMs: 4 }], { seed });
      for (let i = 0; i < 5; i++) await under(jittered, () => getFromStore('a'));
      return fired();
    };
    const first = await delays(1);
    expect(new Set(first).size).toBeGreaterThan(1);
    expect(await delays(1)).toEqual(first);
    expect(await delays(2)).not.toEqual(first);
  });

  it('raises the named exception, once told on the span', async () => {
    const fault: Fault = { hop: ASYNC, kind: 'error', exception: 'known.NotFound', message: 'gone' };
    await expect(under(fault, () => getFromStore('a'))).rejects.toMatchObject({ name: 'NotFound', message: 'gone' });
    expect(() => under({ hop: SYNC, kind: 'error', exception: 'known.NotFound' }, () => redactLoc('a'))).toThrow(
      'by itself',
    );
    expect(fired()).toEqual(['raised NotFound', 'raised NotFound']);
    expect(exporter.getFinishedSpans()[0]?.attributes).toMatchObject({
      'error.type': 'NotFound',
      'chain.decision': 'failed',
    });
  });

  it('strikes inside what stands around the function, which runs in any case', async () => {
    const fault: Fault = { hop: 'glance.api.v1.images.Controller.meta', kind: 'error', exception: 'known.Gone' };
    expect(await under(fault, () => decorated('a'))).toBe('a failed: by itself');
    expect(await decorated('a')).toBe('a went well: a');
    recordDownTo('story');
    expect(await decorated('b')).toBe('b went well: b');
    expect(exporter.getFinishedSpans().filter(({ name }) => name === 'meta')[0]?.events).toHaveLength(1);
  });

  it('hangs until the deadline of the plan, then fails', async () => {
    const hang: Fault = { hop: ASYNC, kind: 'hang' };
    const deadlineUnixMs = Date.now() + 30;
    await expect(under(plan([hang], { deadlineUnixMs }), () => getFromStore('a'))).rejects.toThrow(/held this hop/);
    expect(Date.now()).toBeGreaterThanOrEqual(deadlineUnixMs - 2);
    await expect(under({ ...hang, forMs: 1 }, () => getFromStore('a'))).rejects.toThrow('for 1 ms');
    expect(exporter.getFinishedSpans()).toHaveLength(2);
  });

  it('tells the cast inside that it is dropped', async () => {
    expect(await buildAndRun()).toBeUndefined();
    expect(await under({ hop: CAST, kind: 'drop' }, () => buildAndRun())).toMatchObject({ 'fault.kind': 'drop' });
    expect(fired()).toEqual(['cast dropped']);
  });

  it('ends the span before the process dies, and never comes back', async () => {
    const dead = new Promise<void>((resolve) => (died = resolve));
    const outcome = under({ hop: ASYNC, kind: 'kill' }, () => getFromStore('a'));
    await dead;
    expect(exporter.getFinishedSpans()[0]?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'killed by fault' });
    expect(await Promise.race([outcome, Promise.resolve('still open')])).toBe('still open');
  });

  it.each([
    [0, 0],
    [3, 3],
    [4, 4],
    [9, 9],
    [12, 12],
    [99, 12],
  ])('lets %i bytes pass of twelve', async (bytes, passed) => {
    const chunks = await under({ hop: STREAM, kind: 'truncate', bytes }, () => read(chunked(3)));
    expect(chunks).toEqual(Buffer.from([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]).subarray(0, passed));
    expect(fired()).toEqual(bytes < 12 ? [`ended after ${bytes} bytes`] : []);
    expect(exporter.getFinishedSpans()[0]?.attributes).toMatchObject({ 'hop.bytes': passed });
    expect(released).toBe(1);
  });

  it('flips the byte at the offset', async () => {
    const chunks = await under({ hop: STREAM, kind: 'corrupt', bytes: 6 }, () => read(chunked(3)));
    expect([...chunks]).toEqual([0, 0, 0, 0, 1, 1, 0xfe, 1, 2, 2, 2, 2]);
    expect(fired()).toEqual(['flipped the byte at offset 6']);
  });

  it('raises at a source of bytes, which gives back what it holds', async () => {
    const fault: Fault = { hop: STREAM, kind: 'error', exception: 'known.OSError' };
    await expect(under(fault, () => read(chunked(3)))).rejects.toMatchObject({ name: 'OSError' });
    expect(released).toBe(1);
    expect(exporter.getFinishedSpans()).toHaveLength(1);
  });

  it('is recorded however deep the hop lies', async () => {
    recordDownTo('story');
    redactLoc('a');
    expect(exporter.getFinishedSpans()).toEqual([]);
    under({ hop: SYNC, kind: 'delay', ms: 0 }, () => redactLoc('a'));
    expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(['redact_loc']);
  });
});

describe('which passages fire', () => {
  const at = (rest: Partial<Fault>): Fault => ({ hop: SYNC, kind: 'error', exception: 'known.X', ...rest });
  const passages = (made: FaultPlan, count: number) =>
    Array.from({ length: count }, () => {
      try {
        under(made, () => redactLoc('a'));
        return '.';
      } catch {
        return 'x';
      }
    }).join('');

  it.each<[Partial<Fault>, string]>([
    [{}, 'xxxxxxxx'],
    [{ times: 2 }, 'xx......'],
    [{ after: 3 }, '...xxxxx'],
    [{ every: 3 }, 'x..x..x.'],
    [{ after: 1, every: 2, times: 2 }, '.x.x....'],
    [{ probability: 0 }, '........'],
    [{ service: 'registry' }, '........'],
    [{ host: 'node2' }, '........'],
    [{ host: 'node1', service: 'glance-api' }, 'xxxxxxxx'],
  ])('%j', (rest, expected) => {
    expect(passages(plan([at(rest)]), 8)).toBe(expected);
  });

  it('the same seed decides the same, another seed otherwise', () => {
    const likely = at({ probability: 0.5 });
    const first = passages(plan([likely], { seed: 5 }), 64);
    expect(passages(plan([likely], { seed: 5 }), 64)).toBe(first);
    expect(passages(plan([likely], { seed: 6 }), 64)).not.toBe(first);
    expect(first.split('x').length - 1).toBeGreaterThan(16);
    expect(first.split('x').length - 1).toBeLessThan(48);
  });

  it('counts each plan for itself', () => {
    const [one, two] = [plan([at({ times: 1 })]), plan([at({ times: 1 })])];
    expect([passages(one, 2), passages(two, 2)]).toEqual(['x.', 'x.']);
  });

  it('none where faults are off', () => {
    setFaultActions(undefined);
    expect(passages(plan([at({})]), 2)).toBe('..');
  });
});

describe('a plan that is broken', () => {
  const run = (entries: Record<string, string>) => {
    const values = Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, { value }]));
    const inside = propagation.setBaggage(context.active(), propagation.createBaggage(values));
    return context.with(inside, () => redactLoc('abc') + redactLoc('abc'));
  };
  const head = { 'bootlab.plan': 'id=x' };

  it.each<[string, Record<string, string>, RegExp]>([
    ['no plan', { 'bootlab.fault.0': `hop=${SYNC}&kind=delay&ms=1` }, /no bootlab.plan/],
    ['no id', { 'bootlab.plan': 'seed=1' }, /needs an id/],
    ['a word for a seed', { 'bootlab.plan': 'id=x&seed=many' }, /seed must be/],
    ['a gap', { ...head, 'bootlab.fault.1': `hop=${SYNC}&kind=delay&ms=1` }, /fault.0 is missing/],
    ['an unknown hop', { ...head, 'bootlab.fault.0': 'hop=glance.api.v1.images.redact&kind=kill' }, /redact_loc\?/],
    ['no hop', { ...head, 'bootlab.fault.0': 'kind=kill' }, /no hop/],
    ['an unknown kind', { ...head, 'bootlab.fault.0': `hop=${SYNC}&kind=explode` }, /no fault explode/],
    ['an endless delay', { ...head, 'bootlab.fault.0': `hop=${SYNC}&kind=delay&ms=1e12` }, /ms must be/],
    ['a missing value', { ...head, 'bootlab.fault.0': `hop=${SYNC}&kind=delay&ms=` }, /ms must be/],
    ['an unknown exception', { ...head, 'bootlab.fault.0': `hop=${SYNC}&kind=error&exception=no.X` }, /no.X/],
    ['a field twice', { ...head, 'bootlab.fault.0': `hop=${SYNC}&kind=delay&ms=1&ms=2` }, /twice/],
    [
      'a field of another kind',
      { ...head, 'bootlab.fault.0': `hop=${SYNC}&kind=delay&ms=1&bytes=2` },
      /takes no bytes/,
    ],
    ['__proto__', { ...head, 'bootlab.fault.0': `hop=${SYNC}&kind=delay&ms=1&__proto__=2` }, /takes no __proto__/],
  ])('with %s is ignored, with one warning', (_, entries, warning) => {
    expect(run(entries)).toBe(6);
    expect(warnings).toEqual([expect.stringMatching(warning)]);
  });

  it('other baggage is no plan', () => {
    expect(run({ user: 'me' })).toBe(6);
    expect(warnings).toEqual([]);
  });
});
