import { describeDiff } from './describe-diff';
import { diffTraces } from './diff';
import { Span } from './span';
import { failing, smallBoot } from './testing/boot';
import { makeSpan, spanId } from './testing/make-span';

const names = (a: Span[], b: Span[], which: 'added' | 'missing' | 'slower' | 'faster') => {
  const diff = diffTraces(a, b);
  return diff[which].map((place) => diff.rows[place]!.name);
};
const words = (a: Span[], b: Span[]) => describeDiff(diffTraces(a, b));

describe('diffTraces', () => {
  it('lays equal traces over each other', () => {
    const diff = diffTraces(smallBoot(), smallBoot());
    expect(diff).toMatchObject({ equal: true, added: [], missing: [], slower: [], faster: [] });
    expect(diff.durationNano).toEqual({ a: 110e6, b: 110e6 });
    expect(diff.rows).toHaveLength(7);
    for (const { a, b, ratio, changes } of diff.rows)
      expect({ ratio, changes, b }).toEqual({ ratio: 1, changes: [], b: a });
  });

  it('finds the topmost of what only one has', () => {
    expect(names(smallBoot(), smallBoot({ warm: true }), 'missing')).toEqual(['fetch_image']);
    expect(names(smallBoot({ warm: true }), smallBoot(), 'added')).toEqual(['fetch_image']);
    expect(names([], smallBoot(), 'added')).toEqual(['POST /servers']);
  });

  it('tells slower from as long', () => {
    expect(names(smallBoot(), smallBoot({ download: 140 }), 'slower')).toEqual([]);
    expect(names(smallBoot(), smallBoot({ download: 180 }), 'slower')).toContain('fetch_image');
    expect(names(smallBoot({ download: 180 }), smallBoot(), 'faster')).toContain('fetch_image');
    const short = (took: number) => [makeSpan(1, undefined, { took })];
    expect(names(short(0.1), short(0.9), 'slower')).toEqual([]);
    expect(diffTraces(short(0.1), short(0.9), { nanos: 1000 }).slower).toEqual([0]);
  });

  it('pairs children in order, those that changed places too', () => {
    const list = (order: string) => [
      makeSpan(1, undefined, { at: 0 }),
      ...[...order].map((name, index) => makeSpan(index + 2, 1, { name })),
    ];
    const rows = (a: string, b: string) =>
      diffTraces(list(a), list(b))
        .rows.slice(1)
        .map((row) => `${row.name}${row.a ? 'a' : ''}${row.b ? 'b' : ''}`);
    expect(rows('xyz', 'xz')).toEqual(['xab', 'ya', 'zab']);
    expect(rows('xz', 'xyz')).toEqual(['xab', 'yb', 'zab']);
    expect(rows('xy', 'yx')).toEqual(['xab', 'yab']);
  });

  it('lays a trace over one that begins with its caller', () => {
    const called = [
      makeSpan(101, undefined, { name: 'bootlab boot', at: 0, took: 130 }),
      makeSpan(102, 101, { name: 'POST /servers', kind: 'client', at: 1, took: 120 }),
      ...smallBoot().map((span) => (span.parentSpanId ? span : { ...span, parentSpanId: spanId(102) })),
    ];
    for (const [a, b, alone] of [
      [called, smallBoot(), 'b'],
      [smallBoot(), called, 'a'],
    ] as const) {
      // prettier-ignore
      const { equal, rows } = diffTraces(a, b);
      expect(equal).toBe(false);
      expect(rows).toHaveLength(9);
      expect(rows.filter((row) => row[alone] === undefined).map(({ name }) => name)).toEqual(['bootlab boot', 'POST /servers']); // prettier-ignore
      expect(rows.map(({ depth, parent }) => [depth, parent]).slice(0, 4)).toEqual([[0, undefined], [1, 0], [2, 1], [3, 2]]); // prettier-ignore
    }
    const first = 'begins with `POST /servers` (compute-api), to which `bootlab boot` (compute-api) led in';
    expect(words(called, smallBoot())[0]).toBe(`B ${first} A.`);
    expect(words(smallBoot(), called)[0]).toBe(`A ${first} B.`);
  });

  it('lists changed attributes, not those that every run changes', () => {
    const root = (attributes: Span['attributes']) => [makeSpan(1, undefined, { attributes })];
    const uuid = (digit: string) => `${digit.repeat(8)}-1111-1111-1111-111111111111`;
    const a = { 'image.size': 1, 'image.id': 'a', 'server.port': 1, 'url.path': `/v1/${uuid('a')}`, list: ['x'] };
    const b = { 'image.size': 2, 'image.id': 'b', 'server.port': 2, 'url.path': `/v1/${uuid('b')}`, list: '["x"]' };
    expect(diffTraces(root(a), root(b)).rows[0]!.changes).toEqual([
      { what: 'attribute', key: 'image.size', a: 1, b: 2 },
    ]);
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key${index}`, index]));
    expect(diffTraces(root({}), root(many)).rows[0]!.changes).toHaveLength(20);
  });

  it.each([
    ['deep', (index: number) => index - 1],
    ['wide', () => 1],
    ['of 400 children each', (index: number) => Math.ceil((index - 1) / 400)],
  ])('is quick with 10,000 spans that are %s', (_, parentOf) => {
    const spans = (shift: number) =>
      Array.from({ length: 10_000 }, (_unused, index) =>
        makeSpan(index + 1, index === 0 ? undefined : parentOf(index + 1), { name: `span ${(index + shift) % 7}` }),
      );
    const started = performance.now();
    expect(describeDiff(diffTraces(spans(0), spans(1))).length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(8000);
  });
});

describe('describeDiff', () => {
  it('says that nothing is different', () => {
    expect(words(smallBoot(), smallBoot())).toEqual([
      'A and B have the same shape: the same hops with the same outcome.',
      'Both took about as long: 110 ms in A, 110 ms in B.',
    ]);
  });

  it('says why something is missing when a hop above tells', () => {
    expect(words(smallBoot(), smallBoot({ warm: true }))).toEqual([
      'B has no `fetch_image` (compute) below `cache` (compute), nor the 2 spans that it led to: the image was in the cache.',
      "B took 9 % of A's time: 110 ms in A, 10.0 ms in B, mostly `fetch_image` (compute) (−100 ms).",
      '`cache` (compute) says something else in B: cache.hit false → true.',
    ]);
    const silent = smallBoot({ warm: true }).map((span) => ({ ...span, attributes: {} }));
    expect(words(smallBoot(), silent).join(' ')).not.toContain('in the cache');
  });

  it('puts errors first: where it began, and what it ended', () => {
    const broken = failing(
      failing(failing(smallBoot(), 'fetch_image', 'NotFound'), 'cache', 'NotFound'),
      'spawn',
      'NotFound',
    );
    expect(words(smallBoot(), broken)[0]).toBe(
      '`fetch_image` (compute) failed in B with NotFound ("NotFound happened"); after it `spawn` (compute) aborted.',
    );
    expect(words(broken, smallBoot())[0]).toContain('failed in A with NotFound');
    expect(words(broken, failing(broken, 'fetch_image', 'Invalid'))[0]).toBe(
      '`fetch_image` (compute) failed in both: in A with NotFound ("NotFound happened"), in B with Invalid ("Invalid happened").',
    );
  });

  it('does not wonder at what a failed hop did not get to', () => {
    const broken = failing(smallBoot({ warm: true }), 'cache', 'Invalid');
    expect(words(smallBoot(), broken)).toContain('B did not get as far as `fetch_image` (compute).');
  });

  it('says what only B has, each with the hop that did it', () => {
    const more = [...smallBoot({ warm: true }), makeSpan(90, 1, { name: 'one' }), makeSpan(91, 1, { name: 'two' })];
    expect(words(smallBoot({ warm: true }), more)[0]).toMatch(/^B also has `one` \(.*\), `two` \(.*\) below `POST/);
    expect(words(smallBoot({ warm: true }), smallBoot())[0]).toBe(
      'B also has `fetch_image` (compute) below `cache` (compute), with the 2 spans that it led to: the image was in the cache in A.',
    );
  });

  it('begins with the fault that is behind it', () => {
    const faulty = smallBoot().map((span) =>
      span.name === 'cache'
        ? { ...span, events: [{ name: 'fault.fired', timeUnixNano: span.startTimeUnixNano, attributes: {} }] }
        : span,
    );
    expect(words(smallBoot(), faulty)[0]).toBe('A fault fired at `cache` (compute) in B.');
    expect(words(faulty, smallBoot())[0]).toBe('A fault fired at `cache` (compute) in A.');
  });

  it('tells a message that never arrived from a process that died', () => {
    const cast = (...after: Span[]) => [makeSpan(1, undefined, { name: 'cast host', at: 0 }), ...after];
    const taken = makeSpan(2, 1, { name: 'process host', service: 'compute', at: 1 });
    expect(words(cast(taken), cast())[0]).toContain('the message never arrived');
    const orphan = makeSpan(3, 77, { name: 'spawn', service: 'compute', at: 2 });
    expect(words(cast(taken), cast(orphan))[0]).toContain('the process died before this span ended');
  });

  it('says what was decided otherwise', () => {
    const passing = smallBoot().map((span) =>
      span.name === 'cache'
        ? { ...span, attributes: { ...span.attributes, 'chain.decision': 'passed', 'chain.next': 'utils.fetch_image' } }
        : span,
    );
    expect(words(passing, smallBoot())[0]).toBe(
      '`cache` (compute) handled in B what it passed on in A (to `fetch_image`).',
    );
  });

  it('says what took longer', () => {
    expect(words(smallBoot(), smallBoot({ download: 220 }))[1]).toBe(
      'B took 2.1× as long as A: 110 ms in A, 230 ms in B, mostly `fetch_image` (compute) (+120 ms).',
    );
  });
});
