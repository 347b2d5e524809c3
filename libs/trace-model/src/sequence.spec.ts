import { sequenceOf } from './sequence';
import { failing, smallBoot } from './testing/boot';
import { makeSpan } from './testing/make-span';

const arrows = (...args: Parameters<typeof sequenceOf>) =>
  sequenceOf(...args).messages.map(
    ({ from, to, label, kind, failed, lost }) =>
      `${from} → ${to} ${kind} ${label}${failed ? ' failed' : ''}${lost ? ' lost' : ''}`,
  );

const peer = { 'peer.service': 'conductor' };

describe('sequenceOf', () => {
  it('has services as lifelines and hand-overs as messages, in time', () => {
    const { lifelines, messages, notes } = sequenceOf(smallBoot());
    expect(lifelines).toEqual(['outside', 'compute-api', 'compute', 'glance']);
    expect(arrows(smallBoot())).toEqual([
      'outside → compute-api http POST /servers',
      'compute → glance http GET /images/{id}',
      'glance → compute reply 200',
      'compute-api → outside reply result',
    ]);
    expect(messages[1]).toMatchObject({ startNano: 4e6, durationNano: 98e6, spanId: '0000000000000005' });
    expect(messages[2]).toMatchObject({ startNano: 102e6, durationNano: 0 });
    expect(notes.map(({ over, text }) => `${over}: ${text}`)).toEqual(['compute: spawn', 'compute: fetch_image']);
  });

  it('marks what failed', () => {
    const broken = failing(smallBoot(), 'fetch_image', 'NotFound');
    expect(sequenceOf(broken).notes.at(-1)).toMatchObject({ text: 'fetch_image, failed with NotFound', failed: true });
    const refused = failing(smallBoot(), 'POST /servers', 'HTTPForbidden');
    expect(arrows(refused).at(-1)).toBe('compute-api → outside reply HTTPForbidden failed');
  });

  it('draws casts without a reply, and what nobody took as lost', () => {
    const cast = makeSpan(2, 1, {
      kind: 'producer',
      name: 'cast conductor',
      attributes: { ...peer, 'rpc.method': 'build' },
    });
    const root = makeSpan(1, undefined, { at: 0 });
    const taken = makeSpan(3, 2, { kind: 'consumer', service: 'conductor', at: 5 });
    expect(arrows([root, cast, taken])).toEqual(['compute-api → conductor cast build']);
    expect(sequenceOf([root, cast, taken]).messages[0]!.durationNano).toBe(3e6);
    expect(arrows([root, cast])).toEqual(['compute-api → conductor cast build lost']);
    const elsewhere = makeSpan(2, 1, { kind: 'client', name: 'GET /file' });
    expect(arrows([root, elsewhere])).toEqual([
      'compute-api → outside http GET /file',
      'outside → compute-api reply result',
    ]);
  });

  it('leaves out statements always, and calls that went well from the story', () => {
    const spans = [
      makeSpan(1, undefined, { at: 0 }),
      makeSpan(2, 1, { kind: 'client', attributes: { 'db.system.name': 'sqlite' } }),
      makeSpan(3, 1, { kind: 'client', attributes: { ...peer, 'rpc.system': 'oslo', 'rpc.method': 'save' } }),
      makeSpan(4, 3, { kind: 'server', service: 'conductor', attributes: { 'rpc.system': 'oslo' } }),
    ];
    expect(arrows(spans)).toEqual(['compute-api → conductor rpc-call save', 'conductor → compute-api reply result']);
    expect(arrows(spans, 'story')).toEqual([]);
    expect(arrows(spans.slice(0, 3), 'story')).toEqual(['compute-api → conductor rpc-call save lost']);
  });

  it('is empty for no spans', () => {
    expect(sequenceOf([])).toEqual({ lifelines: [], messages: [], notes: [] });
  });
});
