import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { createServer, IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { baggage, FaultyLab, firings, spansOf, traceIdOf } from './faulty-lab';

const SHOW = 'glance.api.v1.images.Controller.show';
const META = 'glance.api.v1.images.Controller.meta';
const CHUNKS = 'glance_store._drivers.filesystem.ChunkedFile.__iter__';
const CAST = 'nova.conductor.rpcapi.ComputeTaskAPI.schedule_and_build_instances';
const HEAD_MS = 300;

/** Where a link leads; undefined when it is gone meanwhile. */
function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

describe('faults of one request in a running lab', () => {
  const bytes = randomBytes(64 * 1024);
  let lab: FaultyLab;
  let image: string;

  beforeAll(async () => {
    lab = await FaultyLab.start();
    image = await lab.createImage({}, bytes);
  }, 60_000);
  afterAll(() => lab.own.stop(), 30_000);

  const show = (headers: Record<string, string> = {}) => lab.glance(`/v1/images/${image}`, { headers });
  const meta = (headers: Record<string, string> = {}) => lab.glance(`/v1/images/${image}`, { method: 'HEAD', headers });
  const body = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

  it('delays one request and no other', async () => {
    const [slow, quick] = await Promise.all([meta(baggage({ hop: META, kind: 'delay', ms: HEAD_MS })), meta()]);
    expect([slow.status, quick.status]).toEqual([200, 200]);
    const [hit] = await lab.hopSpans(slow, META);
    expect(hit!.durationNano).toBeGreaterThan(HEAD_MS * 0.9e6);
    expect(firings(hit)).toEqual([
      {
        'fault.index': 0,
        'fault.kind': 'delay',
        'fault.hop': META,
        'fault.plan': expect.stringMatching(/^plan-/),
        'fault.summary': `delayed ${HEAD_MS} ms`,
      },
    ]);
    expect(firings((await lab.hopSpans(quick, META))[0])).toEqual([]);
  });

  it('raises an exception of the store, which the services treat as their own', async () => {
    const hop = 'glance_store._drivers.filesystem.Store.get';
    const exception = 'glance_store.exceptions.NotFound';
    const answer = await show(baggage({ hop, kind: 'error', exception }));
    expect(answer.status).toBe(404);
    await answer.text();
    const [hit] = await lab.hopSpans(answer, hop);
    expect(hit).toMatchObject({ status: { code: 'error' }, attributes: { 'error.type': 'NotFound' } });
    expect(firings(hit)).toMatchObject([{ 'fault.summary': 'raised NotFound' }]);
    expect(await body(await show())).toEqual(bytes);
  });

  it('crosses HTTP to the next service, and records a hop below the recorded level', async () => {
    const hop = 'glance.db.sqlalchemy.api._normalize_locations';
    const answer = await meta(baggage({ hop, service: 'registry', kind: 'delay', ms: 1 }));
    expect((await lab.hopSpans(answer, hop)).map(({ service }) => service)).toEqual(['registry']);
    const gone = { kind: 'error', exception: 'glance.common.exception.ImageNotFound' } as const;
    expect((await meta(baggage({ hop: 'glance.db.sqlalchemy.api.image_get', ...gone }))).status).toBe(404);
  });

  it('ends the bytes early', async () => {
    const answer = await show(baggage({ hop: CHUNKS, kind: 'truncate', bytes: 1000 }));
    await expect(body(answer)).rejects.toThrow();
    const [hit] = await lab.hopSpans(answer, CHUNKS);
    expect(hit!.attributes).toMatchObject({ 'hop.bytes': 1000, 'chain.decision': 'handled' });
    expect(firings(hit)).toMatchObject([{ 'fault.summary': 'ended after 1000 bytes' }]);
  });

  it('breaks the connection when the last hop before it ends the bytes early', async () => {
    const hop = 'glance.api.common.size_checked_iter';
    for (const left of [0, 1000]) {
      const answer = await show(baggage({ hop, kind: 'truncate', bytes: left })).catch((error: Error) => error);
      if (answer instanceof Response) await expect(body(answer)).rejects.toThrow();
    }
    expect(await body(await show())).toEqual(bytes);
  });

  it.each([
    'glance.api.v1.images.redact_loc',
    'glance.api.v1.images.ImageSerializer.show',
    'glance.api.middleware.context.BaseContextMiddleware.process_response',
  ])('answers 500 when %s fails, and closes the image that was opened', async (hop) => {
    const answer = await show(baggage({ hop, kind: 'error', exception: 'builtins.ValueError' }));
    expect(answer.status).toBe(500);
    await answer.text();
    await lab.hopSpans(answer, hop);
    const descriptors = `/proc/${lab.own.pids['glance-api']}/fd`;
    const open = readdirSync(descriptors).flatMap((name) => linkOf(`${descriptors}/${name}`) ?? []);
    expect(open.filter((path) => path.includes(image))).toEqual([]);
  });

  it('flips one byte', async () => {
    const answer = await show(baggage({ hop: CHUNKS, kind: 'corrupt', bytes: 4711 }));
    const expected = Buffer.from(bytes);
    expected[4711]! ^= 0xff;
    expect(await body(answer)).toEqual(expected);
    expect(firings((await lab.hopSpans(answer, CHUNKS))[0])).toMatchObject([
      { 'fault.summary': 'flipped the byte at offset 4711' },
    ]);
    expect(await body(await show())).toEqual(bytes);
  });

  it('holds a hop and then lets it fail, with every span ended', async () => {
    const answer = await show(baggage({ hop: SHOW, kind: 'hang', forMs: 100 }));
    expect(answer.status).toBe(500);
    await answer.text();
    const [hit] = await lab.hopSpans(answer, SHOW);
    expect(hit).toMatchObject({ status: { code: 'error' }, attributes: { 'error.type': 'FaultDeadline' } });
    expect(firings(hit)).toMatchObject([{ 'fault.summary': 'hung 100 ms' }]);
  });

  it('crosses casts and green threads to the compute host', async () => {
    const hop = 'nova.virt.images.fetch';
    const fault = { hop, kind: 'error', exception: 'builtins.OSError', message: 'The disk is on fire.' } as const;
    const { id, traceId } = await lab.boot(image, baggage(fault));
    const { complete, spans } = await lab.trace(traceId);
    expect(complete).toBe(true);
    expect(spansOf(spans, hop).map(firings)).toMatchObject([[{ 'fault.summary': 'raised OSError' }]]);
    expect(await lab.server(id)).toMatchObject({ status: 'ERROR' });
    const second = await lab.boot(image, {});
    await lab.trace(second.traceId);
    expect(await lab.server(second.id)).toMatchObject({ status: 'ACTIVE' });
  });

  it('leaves an instance that could not be deleted in ERROR with a fault, to be deleted again', async () => {
    const { id, traceId } = await lab.boot(image, {});
    await lab.trace(traceId);
    const hop = 'nova.compute.manager.ComputeManager._shutdown_instance';
    const fault = { hop, kind: 'error', exception: 'builtins.OSError', message: 'It does not let go.' } as const;
    const server = `${lab.own.urls['compute-api']}/v2.1/servers/${id}`;
    const failed = await fetch(server, { method: 'DELETE', headers: baggage(fault) });
    await lab.trace(traceIdOf(failed));
    expect(await lab.server(id)).toMatchObject({
      status: 'ERROR',
      'OS-EXT-STS:task_state': null,
      fault: { code: 500, message: 'OSError', details: expect.stringContaining('It does not let go.') },
    });
    const deleted = await fetch(server, { method: 'DELETE' });
    await lab.trace(traceIdOf(deleted));
    expect((await fetch(server)).status).toBe(404);
  });

  it('drops a cast, and the trace names the hand-over that never arrived', async () => {
    const { id, traceId } = await lab.boot(image, baggage({ hop: CAST, kind: 'drop' }));
    const { complete, missing, spans } = await lab.trace(traceId, 2);
    expect({ complete, missing }).toEqual({ complete: false, missing: [expect.stringContaining('conductor')] });
    expect(firings(spansOf(spans, CAST)[0])).toMatchObject([{ 'fault.summary': 'cast dropped' }]);
    expect(spans.filter(({ kind }) => kind === 'producer').map(firings)).toMatchObject([[{ 'fault.kind': 'drop' }]]);
    expect(await lab.server(id)).toMatchObject({ status: 'BUILD' });
  });

  it('ignores a plan that is broken', async () => {
    const broken = await meta({ baggage: 'bootlab.plan=id=x,bootlab.fault.0=hop=no.such.hop&kind=delay&ms=9' });
    expect(broken.status).toBe(200);
    expect(firings((await lab.hopSpans(broken, META))[0])).toEqual([]);
  });

  it('keeps the plan from web servers outside the lab', async () => {
    const asked: IncomingHttpHeaders[] = [];
    const web = createServer((request, response) => {
      asked.push(request.headers);
      response.end(request.method === 'HEAD' ? undefined : bytes);
    });
    await once(web.listen(0, '127.0.0.1'), 'listening');
    try {
      const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}/image.raw`;
      const located = await lab.createImage({
        'x-image-meta-location': url,
        'x-image-meta-size': String(bytes.length),
      });
      const hop = 'glance_store._drivers.http.Store.get';
      const headers = baggage({ hop, kind: 'delay', ms: 1 });
      const answer = await lab.glance(`/v1/images/${located}`, { headers });
      expect(await body(answer)).toEqual(bytes);
      expect(firings((await lab.hopSpans(answer, hop))[0])).toHaveLength(1);
      expect(asked.at(-1)).toMatchObject({ traceparent: expect.stringContaining(traceIdOf(answer)) });
      expect(asked.filter((sent) => sent['baggage'] !== undefined)).toEqual([]);
    } finally {
      web.closeAllConnections();
      web.close();
    }
  });

  it('kills the process at the hop, whose span has arrived; what was open above it is lost', async () => {
    const traceId = randomBytes(16).toString('hex');
    const parent = { traceparent: `00-${traceId}-${'1'.repeat(16)}-01` };
    await expect(show({ ...parent, ...baggage({ hop: SHOW, kind: 'kill' }) })).rejects.toThrow();
    await lab.restarted('glance-api');
    expect(await body(await show())).toEqual(bytes);
    const { spans } = await lab.trace(traceId, 1);
    const [hit] = spansOf(spans, SHOW);
    expect(hit?.status).toEqual({ code: 'error', message: 'killed by fault' });
    expect(firings(hit)).toMatchObject([{ 'fault.summary': 'process killed' }]);
    expect(spans.map(({ spanId }) => spanId)).not.toContain(hit?.parentSpanId);
  });
});

describe('a lab that fires no faults', () => {
  it('ignores plans where lab.conf says so', async () => {
    const lab = await FaultyLab.start({ BOOTLAB_LAB__LAB__FAULTS: 'false' });
    try {
      const hop = 'glance.api.v1.images.Controller.index';
      const fault = { hop, kind: 'error', exception: 'webob.exc.HTTPForbidden' } as const;
      const answer = await lab.glance('/v1/images', { headers: baggage(fault) });
      expect(answer.status).toBe(200);
    } finally {
      await lab.own.stop();
    }
  }, 60_000);
});
