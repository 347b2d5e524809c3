import { compareShapes, MOST_DIFFERENCES } from './compare-shapes';
import { fromJaeger } from './from-jaeger';
import { referenceDocument } from './scrub';
import { shapeOf } from './shape';
import { Span } from './span';
import { failing, makeHop, smallBoot } from './testing/boot';
import { makeSpan } from './testing/make-span';

const compare = (expected: Span[], actual: Span[]) => compareShapes(shapeOf(expected), shapeOf(actual));
const differences = (expected: Span[], actual: Span[]) => compare(expected, actual).differences;
const equal = { equal: true, differences: [] };

describe('compareShapes', () => {
  it('finds two runs equal, however long they took and whatever their ids', () => {
    const other = smallBoot({ download: 7 }).map((span) => ({ ...span, spanId: span.spanId.replace('0', 'a') }));
    const rehung = other.map((span) => ({ ...span, parentSpanId: span.parentSpanId?.replace('0', 'a') }));
    expect(compare(smallBoot(), rehung as Span[])).toEqual(equal);
  });

  it('names what is missing and what is not expected, with the way to it', () => {
    expect(differences(smallBoot(), smallBoot({ warm: true }))).toEqual([
      'Below `POST /servers` (compute-api) → `spawn` (compute) → `cache` (compute): `fetch_image` (compute) is missing.',
    ]);
    expect(differences(smallBoot({ warm: true }), smallBoot())).toEqual([
      'Below `POST /servers` (compute-api) → `spawn` (compute) → `cache` (compute): `fetch_image` (compute) is not expected.',
    ]);
    const polls = (count: number) => [
      makeSpan(1, undefined),
      ...Array.from({ length: count }, (_, index) => makeSpan(index + 2, 1, { name: 'poll' })),
    ];
    expect(differences(polls(3), polls(1))).toEqual([
      'Below `span 1` (compute-api): `poll` (compute-api) is missing, 2 times.',
    ]);
  });

  it('names an outcome that is another', () => {
    expect(differences(smallBoot(), failing(smallBoot(), 'fetch_image', 'NotFound'))).toEqual([
      'Below … → `spawn` (compute) → `cache` (compute): `fetch_image` (compute) has chain.decision failed, expected is handled.'.replace(
        'Below …',
        'Below `POST /servers` (compute-api)',
      ),
      ...['error.type NotFound', 'status error'].map(
        (found) =>
          `Below \`POST /servers\` (compute-api) → \`spawn\` (compute) → \`cache\` (compute): \`fetch_image\` (compute) has ${found}, expected is (none).`,
      ),
    ]);
  });

  it('minds the order of what follows one another, not of what overlaps', () => {
    const pair = (first: number, second: number, took: number) => [
      makeSpan(1, undefined, { at: 0, took: 90 }),
      makeSpan(2, 1, { at: first, took, name: 'one' }),
      makeSpan(3, 1, { at: second, took, name: 'two' }),
    ];
    expect(differences(pair(1, 5, 2), pair(5, 1, 2))).toEqual([
      'Below `span 1` (compute-api): `two` (compute-api) comes before `one` (compute-api), expected is after it.',
    ]);
    expect(compare(pair(1, 5, 20), pair(5, 1, 2))).toEqual(equal);
    expect(compare(pair(1, 5, 2), pair(5, 1, 20))).toEqual(equal);
  });

  it('does not mind which of several casts led to the work', () => {
    const boots = (downloader: number) => [
      makeSpan(1, undefined, { at: 0 }),
      makeSpan(2, 1, { kind: 'producer', name: 'cast' }),
      makeSpan(3, 1, { kind: 'producer', name: 'cast' }),
      makeHop(4, downloader, 'fetch_image', { at: 9 }),
    ];
    expect(compare(boots(2), boots(3))).toEqual(equal);
  });

  it('does not mind whether a boot waited for the download of another or came after it', () => {
    const warm = smallBoot({ warm: true });
    const waiting = warm.map((span) =>
      span.name === 'cache'
        ? { ...span, attributes: { ...span.attributes, 'chain.decision': 'passed', 'chain.next': 'sync' } }
        : span,
    );
    const sync = makeHop(8, 3, 'sync', { attributes: { 'image.fetched_by': 'another boot, waited for' } });
    expect(compare(warm, [...waiting, sync])).toEqual(equal);
    expect(compare(warm, [...waiting, { ...sync, attributes: { 'image.fetched_by': 'this boot' } }]).equal).toBe(false);
  });

  it('leaves out statements, and takes one lost connection for another', () => {
    const statement = makeSpan(9, 3, { kind: 'client', attributes: { 'db.system.name': 'sqlite' } });
    expect(compare(smallBoot(), [...smallBoot(), statement])).toEqual(equal);
    const reset = failing(smallBoot(), 'GET /images/{id}', 'ECONNRESET');
    expect(compare(reset, failing(smallBoot(), 'GET /images/{id}', 'UND_ERR_SOCKET'))).toEqual(equal);
    expect(compare(reset, failing(smallBoot(), 'GET /images/{id}', 'ECONNREFUSED')).equal).toBe(false);
  });

  it('takes spans that lost their parent as trees of their own', () => {
    const killed = smallBoot().filter(({ name }) => name !== 'spawn');
    expect(shapeOf(killed)).toHaveLength(3);
    expect(compare(killed, killed)).toEqual(equal);
    expect(compare(smallBoot(), killed).equal).toBe(false);
    expect(compare([], [])).toEqual(equal);
  });

  it('compares down to a level', () => {
    const other = smallBoot().filter(({ name }) => name !== 'copy');
    expect(compare(smallBoot(), other).equal).toBe(false);
    expect(compareShapes(shapeOf(smallBoot(), 'story'), shapeOf(other, 'story'))).toEqual(equal);
  });

  it('gives a bounded number of differences', () => {
    const many = Array.from({ length: 99 }, (_, index) => makeSpan(index + 2, 1, { name: `step ${index}` }));
    expect(differences([makeSpan(1, undefined), ...many], [makeSpan(1, undefined)])).toHaveLength(MOST_DIFFERENCES);
  });

  it('survives Jaeger JSON', () => {
    const boot = failing(smallBoot(), 'fetch_image', 'NotFound');
    const back = fromJaeger(JSON.parse(JSON.stringify(referenceDocument('cold', boot))));
    expect(compare(back, boot)).toEqual(equal);
  });

  it.each([
    ['deep', (index: number) => index - 1],
    ['wide', () => 1],
  ])('is quick with 10,000 spans that are %s', (_, parentOf) => {
    const spans = Array.from({ length: 10_000 }, (_unused, index) =>
      makeSpan(index + 1, index === 0 ? undefined : parentOf(index + 1), { name: `span ${index % 7}` }),
    );
    const started = performance.now();
    expect(compare(spans, spans)).toEqual(equal);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
