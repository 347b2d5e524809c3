import { fromOsprofiler } from './from-osprofiler';

const BASE = '2a1f3c5d-0000-4000-8000-00000000abcd';
const API = '11111111-0000-4000-8000-0000000000a1';
const DB = '22222222-0000-4000-8000-0000000000b2';

/** What `osprofiler trace show --json` prints, cut down to what matters. */
function report() {
  return {
    info: { name: 'total', started: 0, finished: 120, last_trace_started: 30 },
    children: [
      {
        trace_id: API,
        parent_id: BASE,
        info: {
          name: 'wsgi',
          project: 'nova',
          service: 'osapi_compute',
          host: 'node1',
          started: 0,
          finished: 120,
          exception: 'None',
          'meta.raw_payload.wsgi-start': {
            base_id: BASE,
            timestamp: '2018-03-01T10:20:30.123456',
            info: { host: 'node1', request: { method: 'POST', path: '/v2.1/servers', query: '', scheme: 'http' } },
          } as Record<string, unknown> | undefined,
          'meta.raw_payload.wsgi-stop': {
            base_id: BASE,
            timestamp: '2018-03-01T10:20:30.243456',
            info: { host: 'node1' },
          },
        },
        children: [
          {
            trace_id: DB,
            parent_id: API,
            info: {
              name: 'db',
              project: 'nova',
              service: 'osapi_compute',
              started: 30,
              finished: 31,
              exception: 'DBError',
            },
            children: [],
          },
        ],
      },
    ],
    stats: {},
  };
}

describe('fromOsprofiler', () => {
  it('makes a span of each point, with the ids of its own drivers', () => {
    const [api, db] = fromOsprofiler(report());
    expect(api).toMatchObject({
      traceId: BASE.replaceAll('-', ''),
      spanId: '80000000000000a1',
      name: 'POST /v2.1/servers',
      kind: 'server',
      service: 'nova-osapi_compute',
      startTimeUnixNano: '1519899630123456000',
      durationNano: 120e6,
      status: { code: 'unset' },
      resource: { 'host.name': 'node1' },
      attributes: { 'http.request.method': 'POST', 'url.path': '/v2.1/servers', 'osprofiler.point': 'wsgi' },
    });
    expect(api).not.toHaveProperty('parentSpanId');
    expect(db).toMatchObject({
      spanId: '80000000000000b2',
      parentSpanId: '80000000000000a1',
      kind: 'client',
      // No payload: milliseconds after the first point.
      startTimeUnixNano: '1519899630153456000',
      durationNano: 1e6,
      status: { code: 'error', message: 'DBError' },
    });
  });

  it('names a point by the function it wraps', () => {
    const document = report();
    const payload = document.children[0]!.info['meta.raw_payload.wsgi-start']!;
    payload['info'] = { function: { name: 'nova.compute.manager.ComputeManager.build', args: '()' } };
    expect(fromOsprofiler(document)[0]).toMatchObject({
      name: 'build',
      attributes: {
        'code.function.name': 'nova.compute.manager.ComputeManager.build',
        'osprofiler.function.args': '()',
      },
    });
  });

  it.each<[string, (document: ReturnType<typeof report>) => unknown, string]>([
    ['no report', () => [], 'This is not osprofiler\'s report: it takes "info" and "children".'],
    ['no points', (d) => ({ ...d, children: [] }), 'The report has no points: the trace was not there, or not kept.'],
    [
      'no payload',
      (d) => {
        d.children[0]!.info['meta.raw_payload.wsgi-start'] = undefined;
        return { ...d, children: d.children[0]!.children };
      },
      'No point of the report has a timestamp: show it again with the payloads (--json).',
    ],
    [
      'an id that is none',
      (d) => {
        d.children[0]!.children[0]!.trace_id = 'x';
        return d;
      },
      'children[0].children[0] has "x" where an id (UUID) must be.',
    ],
    ['a node that is none', (d) => ({ ...d, children: [d.children[0], 7] }), 'children[1] must be an object.'],
  ])('says where %s is', (_, change, message) => {
    expect(() => fromOsprofiler(change(report()))).toThrow(message);
  });
});
