import fc from 'fast-check';
import { Span, spansFromOtlp, unixMicros } from '@bootlab/trace-model';
import { otlpRequest, SentSpan } from '../testing/otlp-request';
import { StartedLab, startLab } from '../testing/start-lab';
import { queryOfTags, SpanQuery, spanMatches } from './span-query';
import { TraceSearch } from './trace-search';

type ScopedSpans = ReturnType<typeof otlpRequest>['resourceSpans'][number];

const BASE = 1_795_368_871_000_000;

/** What the index finds, by looking at every span. */
function byLooking(spans: readonly Span[], query: SpanQuery, limit: number): number[] {
  const matches = (span: Span) =>
    (query.service ?? span.service) === span.service &&
    (query.operation ?? span.name) === span.name &&
    (query.kind ?? span.kind) === span.kind &&
    (query.error ?? span.status.code === 'error') === (span.status.code === 'error') &&
    span.durationNano / 1000 >= (query.minMicros ?? 0) &&
    span.durationNano / 1000 <= (query.maxMicros ?? Infinity) &&
    unixMicros(span.startTimeUnixNano) >= (query.fromMicros ?? 0) &&
    unixMicros(span.startTimeUnixNano) <= (query.toMicros ?? Infinity) &&
    spanMatches(span, query);
  const traces = [...new Set(spans.filter(matches).map(({ traceId }) => parseInt(traceId, 16)))];
  return traces.sort((a, b) => b - a).slice(0, limit);
}

const sent = fc.record({
  trace: fc.integer({ min: 1, max: 600 }),
  id: fc.integer({ min: 1, max: 1_000_000 }),
  name: fc.constantFrom('a', 'b'),
  service: fc.constantFrom('s', 't'),
  kind: fc.integer({ min: 1, max: 3 }),
  at: fc.integer({ min: 0, max: 20 }),
  took: fc.integer({ min: 1, max: 9 }),
  error: fc.option(fc.constant('boom'), { nil: undefined, freq: 3 }),
  attributes: fc.dictionary(
    fc.constantFrom('k', 'l', '__proto__'),
    fc.constantFrom<string | number | boolean>('x', 7, true),
  ),
});
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const asked = fc.record({
  service: maybe(fc.constantFrom('s', 't', 'u')),
  operation: maybe(fc.constantFrom('a', 'b')),
  minMicros: maybe(fc.integer({ min: 0, max: 9000 })),
  maxMicros: maybe(fc.integer({ min: 1000, max: 9000 })),
  fromMicros: maybe(fc.integer({ min: BASE, max: BASE + 20_000 })),
  toMicros: maybe(fc.integer({ min: BASE, max: BASE + 20_000 })),
  tags: fc.dictionary(
    fc.constantFrom(
      'k',
      'l',
      'host.name',
      'resource.host.name',
      'resource.k',
      'error',
      'span.kind',
      'span.status',
      'scope.name',
    ),
    fc.constantFrom('x', '7', 'true', 'node1', 'server', 'error', '@bootlab/hop'),
    { maxKeys: 2 },
  ),
});

type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never;

/** Two services on one host share a resource in the store. */
function inSharedOrigin(service: 's' | 't'): [Asked, 1000] {
  const nothing = { operation: undefined, minMicros: undefined, maxMicros: undefined };
  const atAnyTime = { fromMicros: undefined, toMicros: undefined };
  return [{ ...nothing, ...atAnyTime, service, tags: { 'host.name': 'node1' } }, 1000];
}

const started: StartedLab[] = [];
const start = async (options: Parameters<typeof startLab>[0]) => {
  const lab = await startLab(options);
  started.push(lab);
  return lab;
};
afterAll(() => Promise.all(started.map((lab) => lab.stop())));

it('finds what one span has all of, newest first', async () => {
  let lab = await start({ maxTraces: 1000 });
  const all: SentSpan[] = fc.sample(sent, { numRuns: 3000, seed: 7 });
  // Numbers follow the order of arrival.
  all.sort((a, b) => a.trace - b.trace);
  const unique = [...new Map(all.map((span) => [`${span.trace} ${span.id}`, span])).values()];
  for (let index = 0; index < unique.length; index += 100) {
    expect((await lab.send(otlpRequest(...unique.slice(index, index + 100)))).status).toBe(200);
    if (index !== 1500) continue;
    // Starting again writes the tags of what is there; those of the rest wait.
    await lab.app.close();
    lab = await start({ maxTraces: 1000, connection: lab.connection });
  }
  const spans = spansFromOtlp(otlpRequest(...unique));
  const numbers = [...new Set(unique.map(({ trace }) => trace))];
  const search = lab.app.get(TraceSearch);
  await fc.assert(
    fc.asyncProperty(asked, fc.constantFrom(1, 5, 1000), async ({ tags, ...rest }, limit) => {
      const query = { ...queryOfTags(tags), ...rest };
      const found = (await search.find(query, limit)).map((number) => numbers[number - 1]);
      expect(found).toEqual(byLooking(spans, query, limit));
    }),
    { numRuns: 400, examples: [inSharedOrigin('s'), inSharedOrigin('t')] },
  );
}, 120_000);

it('finds what a scope has', async () => {
  const own = await startLab();
  const [{ resource, scopeSpans }] = otlpRequest({ trace: 1, id: 1 }).resourceSpans as [ScopedSpans];
  const scope = { name: 'hop', attributes: [{ key: 'scope.color', value: { stringValue: 'red' } }] };
  await own.send({ resourceSpans: [{ resource, scopeSpans: [{ ...scopeSpans[0], scope }] }] });
  const find = (color: string) => own.app.get(TraceSearch).find({ tags: new Map([['scope.color', color]]) }, 5);
  expect([await find('red'), await find('blue')]).toEqual([[1], []]);
  const { body } = await own.get<{ result: object }>(`/api/v3/traces/1`);
  expect(body.result).toMatchObject({ resourceSpans: [{ scopeSpans: [{ scope }] }] });
  await own.stop();
});

it('finds nothing in an empty store', async () => {
  const empty = await startLab();
  expect(await empty.app.get(TraceSearch).find({ tags: new Map() }, 5)).toEqual([]);
  await empty.stop();
});
