import { fromJaeger } from './from-jaeger';
import { referenceDocument, scrub } from './scrub';
import { Span } from './span';
import { smallBoot } from './testing/boot';
import { makeSpan } from './testing/make-span';

const UUID_A = '2b41c716-f888-49aa-ac61-bdf02736157b';
const UUID_B = '639ac591-baaf-49fd-aaf2-f62c9f225300';
const resource = { 'host.name': 'node-7', 'process.pid': 4711 };

function scrubbed(attributes: Span['attributes'], more: Partial<Span> = {}): Span {
  return scrub('x', [makeSpan(1, undefined, { resource, attributes, ...more })])[0]!;
}

describe('scrub', () => {
  it('leaves nothing of the machine', () => {
    const { attributes, ...span } = scrubbed(
      {
        'url.full': 'http://127.0.0.1:41737/v1/images/abc',
        'server.port': 41737,
        'exception.stacktrace': 'Error\n    at /home/me/lab/dist/x.js:1:1',
        'file.path': '/home/me/lab/instances/_base/a1',
        'store.uri': `file:///home/me/lab/images/${UUID_A}`,
        'scheduler.hosts': ['node-7'],
        'started.at': '2026-11-22T22:43:04.519000',
      },
      {
        name: 'process compute.node-7',
        status: { code: 'error', message: 'connect ECONNREFUSED 127.0.0.1:39311 for /home/me/lab/run' },
      },
    );
    expect(attributes).toEqual({
      'url.full': 'http://127.0.0.1/v1/images/abc',
      'file.path': '$BOOTLAB_HOME/instances/_base/a1',
      'store.uri': 'file://$BOOTLAB_HOME/images/00000000-0000-4000-8000-000000000001',
      'scheduler.hosts': ['host'],
      'started.at': '2018-02-28T00:00:00Z',
    });
    expect(span).toMatchObject({
      name: 'process compute.host',
      status: { message: 'connect ECONNREFUSED 127.0.0.1 for $BOOTLAB_HOME/run' },
      resource: { 'host.name': 'host' },
    });
    expect(span.resource).not.toHaveProperty('process.pid');
  });

  it('numbers identifiers, the same one alike wherever it stands', () => {
    const { attributes } = scrubbed({
      'image.id': UUID_A,
      'instance.uuids': [UUID_B, UUID_A],
      'request.id': `req-${UUID_B.toUpperCase()}`,
      'message.id': '6530d9eab97e4000a47d585c631f98b4',
      'reservation.id': 'r-cgiu5o25',
    });
    expect(attributes).toEqual({
      'image.id': '00000000-0000-4000-8000-000000000001',
      'instance.uuids': ['00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000001'],
      'request.id': 'req-00000000-0000-4000-8000-000000000002',
      'message.id': '00000000000000000000000000000003',
      'reservation.id': 'r-00000004',
    });
  });

  it('does not take a part of a word for the host', () => {
    const vm = { ...resource, 'host.name': 'vm' };
    const { attributes } = scrubbed(
      { text: 'the vm of vm-2', topic: 'compute.vm', state: 'vm_state' },
      { resource: vm },
    );
    expect(attributes).toEqual({ text: 'the vm of vm-2', topic: 'compute.host', state: 'vm_state' });
  });

  it('gives ids by place: a span more leaves the others alone', () => {
    const plain = scrub('cold', smallBoot());
    const more = scrub('cold', [makeSpan(99, 2, { name: 'new', at: 1.5 }), ...smallBoot()]);
    const ids = (spans: Span[]) => spans.map(({ spanId }) => spanId);
    expect(new Set(ids(more)).size).toBe(8);
    expect(ids(plain).every((id) => ids(more).includes(id))).toBe(true);
    expect(new Set([...ids(plain), ...ids(scrub('warm', smallBoot()))]).size).toBe(14);
    expect(plain[0]!.traceId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is the same for two runs that differ in time, and for its own result', () => {
    const later = smallBoot().map((span) => ({ ...span, startTimeUnixNano: `2${span.startTimeUnixNano.slice(1)}` }));
    expect(scrub('x', later)).toEqual(scrub('x', smallBoot()));
    expect(scrub('x', scrub('x', smallBoot()))).toEqual(scrub('x', smallBoot()));
  });

  it('keeps spans that lost their parent where they were', () => {
    const [first, second, third] = scrub('x', [makeSpan(2, 1), makeSpan(3, 1), makeSpan(5, 4)]);
    expect(first!.parentSpanId).toMatch(/^[0-9a-f]{16}$/);
    expect(second!.parentSpanId).toBe(first!.parentSpanId);
    expect(third!.parentSpanId).not.toBe(first!.parentSpanId);
  });
});

describe('referenceDocument', () => {
  it('is Jaeger JSON with the same spans', () => {
    const document = referenceDocument('cold', smallBoot());
    const byId = (spans: Span[]) => [...spans].sort((a, b) => (a.spanId < b.spanId ? -1 : 1));
    expect(byId(fromJaeger(document))).toEqual(byId(scrub('cold', smallBoot())));
    expect(document.data[0]!.spans[0]).toMatchObject({ startTime: 1_519_776_000_000_000, duration: 110_000 });
  });
});
