import { context, createContextKey, propagation, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import { node, tracing } from '@opentelemetry/sdk-node';
import { declareHop, Hop, hop, hopGenerator, noteEvent, recordDownTo } from '.';

const exporter = new tracing.InMemorySpanExporter();
const provider = new node.NodeTracerProvider({ spanProcessors: [new tracing.SimpleSpanProcessor(exporter)] });

beforeAll(() => provider.register());
afterAll(async () => {
  await provider.shutdown();
  trace.disable();
  context.disable();
  propagation.disable();
});
beforeEach(() => {
  exporter.reset();
  recordDownTo('detail');
});

function span(name: string): tracing.ReadableSpan {
  const found = exporter.getFinishedSpans().find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no span ${name}`);
  return found;
}

const readChunks = hopGenerator(
  'glance_store._drivers.filesystem.ChunkedFile.__iter__',
  async function* chunked(count: number) {
    for (let i = 0; i < count; i++) {
      if (i === 3) throw new Error('disk gone');
      yield Buffer.alloc(10);
    }
  },
);
const redactLoc = hop('glance.api.v1.images.redact_loc', function redactLoc(meta: { location?: string }) {
  return { ...meta, location: undefined };
});

class ImagesController {
  @Hop('glance.api.v1.images.Controller.show', { in: (id: string) => ({ 'image.id': id }) })
  async show(id: string) {
    redactLoc({});
    return this.getFromStore(id);
  }

  @Hop('glance.api.v1.images.Controller._get_from_store', { out: (size: number) => ({ 'image.size': size }) })
  async getFromStore(id: string): Promise<number> {
    if (id === 'missing') throw new RangeError('no such image');
    noteEvent('opened');
    return 42;
  }
}

describe('Hop', () => {
  const controller = new ImagesController();

  it('makes no span in a trace that nobody records', async () => {
    const unsampled = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: TraceFlags.NONE };
    const inside = trace.setSpanContext(context.active(), unsampled);
    expect(await context.with(inside, () => controller.show('abc'))).toBe(42);
    expect(exporter.getFinishedSpans()).toEqual([]);
  });

  it('tells where the original stands, what came in and what was decided', async () => {
    expect(await controller.show('abc')).toBe(42);
    expect(span('show').attributes).toMatchObject({
      'code.function.name': 'glance.api.v1.images.Controller.show',
      'code.file.path': 'glance/api/v1/images.py',
      'code.line.number': 523,
      'hop.level': 'story',
      'image.id': 'abc',
      'chain.decision': 'passed',
      'chain.next': 'glance.api.v1.images.Controller._get_from_store',
    });
    expect(span('_get_from_store').attributes).toMatchObject({ 'chain.decision': 'handled', 'image.size': 42 });
    expect(span('_get_from_store').events.map(({ name }) => name)).toEqual(['opened']);
    expect(span('redact_loc').parentSpanContext?.spanId).toBe(span('show').spanContext().spanId);
  });

  it('keeps synchronous work synchronous', () => {
    expect(redactLoc({ location: 'file:///x' })).toEqual({ location: undefined });
  });

  it('marks every hop that a failure passes, and tells the exception once', async () => {
    await expect(controller.show('missing')).rejects.toThrow('no such image');
    for (const name of ['show', '_get_from_store']) {
      expect(span(name).status.code).toBe(SpanStatusCode.ERROR);
      expect(span(name).attributes).toMatchObject({ 'chain.decision': 'failed', 'error.type': 'RangeError' });
    }
    expect(span('_get_from_store').events.map(({ name }) => name)).toEqual(['exception']);
    expect(span('show').events).toEqual([]);
  });

  it('leaves out hops below the recorded level, whose children hang on the nearest recorded ancestor', async () => {
    recordDownTo('story');
    await controller.show('abc');
    expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(['_get_from_store', 'show']);
    expect(span('_get_from_store').parentSpanContext?.spanId).toBe(span('show').spanContext().spanId);
  });

  it('hangs on a span that another library put between it and the hop above, which notices the hand-over all the same', async () => {
    const key = createContextKey('what a library keeps');
    const fetch = hop('glance.api.v1.controller.BaseController.get_image_meta_or_404', async () =>
      context.active().getValue(key),
    );
    const between = trace.getTracer('other').startSpan('between');
    const outer = hop('glance.api.v1.images.Controller.meta', async () => {
      return context.with(trace.setSpan(context.active().setValue(key, 'kept'), between), () => fetch());
    });
    expect(await outer()).toBe('kept');
    between.end();
    expect(span('get_image_meta_or_404').parentSpanContext?.spanId).toBe(between.spanContext().spanId);
    expect(span('meta').attributes).toMatchObject({ 'chain.decision': 'passed' });
  });

  it.each(['in', 'next', 'out'] as const)(
    'fails with what its %s throws, and leaves no span open',
    async (callback) => {
      const telling = {
        [callback]: () => {
          throw new TypeError('cannot tell');
        },
      };
      const sync = hop('glance.api.v1.images.validate_image_meta', () => 1, telling);
      expect(() => sync()).toThrow('cannot tell');
      const async = hop('glance.api.v1.images.Controller._reserve', async () => 1, telling);
      await expect((async () => async())()).rejects.toThrow('cannot tell');
      for (const name of ['validate_image_meta', '_reserve']) {
        expect(span(name)).toMatchObject({ ended: true, attributes: { 'error.type': 'TypeError' } });
      }
    },
  );

  it('refuses to play a hop in another style than the catalogue says', () => {
    const player = { name: 'redactLoc', style: 'async' } as const;
    expect(() => declareHop('glance.api.v1.images.redact_loc', player)).toThrow('the catalogue says sync');
    expect(() => hopGenerator('glance.api.v1.images.Controller.show', async function* () {})).toThrow('as stream');
  });

  it('refuses a promise from a function that is not written with async', () => {
    const sly = hop('glance.api.v1.images.Controller._get_filters', () => Promise.resolve(1));
    expect(() => sly()).toThrow('write it with async');
  });

  it('refuses a hop that the catalogue lacks, and names the nearest', () => {
    expect(() => declareHop('glance.api.v1.images.Controller.shw', { name: 'X.shw', style: 'async' })).toThrow(
      'glance.api.v1.images.Controller.show?',
    );
  });

  it('refuses a second player of one hop', () => {
    expect(() => declareHop('glance.api.v1.images.redact_loc', { name: 'other', style: 'sync' })).toThrow(
      'is played by redactLoc and by other',
    );
  });
});

describe('hopGenerator', () => {
  const take = async (count: number, most = Infinity) => {
    let bytes = 0;
    for await (const chunk of readChunks(count)) {
      bytes += chunk.length;
      if (bytes >= most) break;
    }
    return bytes;
  };

  it('spans the whole iteration and counts its bytes', async () => {
    expect(await take(2)).toBe(20);
    expect(span('__iter__').attributes).toMatchObject({ 'hop.bytes': 20, 'chain.decision': 'handled' });
  });

  it('fails with the reading', async () => {
    await expect(take(5)).rejects.toThrow('disk gone');
    expect(span('__iter__').attributes).toMatchObject({ 'hop.bytes': 30, 'chain.decision': 'failed' });
  });

  it.each<[string, () => AsyncIterable<Buffer>]>([
    [
      'beginning',
      () => {
        throw new Error('disk gone');
      },
    ],
    [
      'letting go early',
      async function* () {
        try {
          yield Buffer.alloc(10);
        } finally {
          // eslint-disable-next-line no-unsafe-finally -- as a file that cannot be closed
          throw new Error('disk gone');
        }
      },
    ],
  ])('fails with %s', async (_, make) => {
    const stored = hopGenerator('glance.common.utils.cooperative_iter', make);
    await expect(
      (async () => {
        for await (const _ of stored()) break;
      })(),
    ).rejects.toThrow('disk gone');
    expect(span('cooperative_iter')).toMatchObject({ ended: true, attributes: { 'chain.decision': 'failed' } });
  });

  it('ends when the reader stops early', async () => {
    await take(3, 10);
    expect(span('__iter__').attributes).toMatchObject({ 'hop.bytes': 10, 'hop.stopped_early': true });
  });
});
