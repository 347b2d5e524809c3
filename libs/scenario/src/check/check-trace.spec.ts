import { findEntry } from '@bootlab/hop';
import type { Assertion } from '../schema/scenario';
import { checkTrace } from './check-trace';
import { bootSpans, hops, traceOf } from './testing/boot';

const NO_REFERENCE = 'There is no reference.';
const trace = traceOf(bootSpans());

function check(assertion: Assertion, on = trace, reference: Parameters<typeof checkTrace>[3] = NO_REFERENCE) {
  return checkTrace(assertion, 'scenarios/x.yaml:31:5', on, reference);
}

it('uses hops that the catalogue has', () => {
  expect(Object.values(hops).filter((id) => findEntry(id) === undefined)).toEqual([]);
});

describe('what holds', () => {
  it.each<[string, Assertion]>([
    ['path', { path: [hops.build, hops.spawn, hops.store] }],
    ['path in time', { path: { hops: [hops.registryShow, hops.store], order: 'time' } }],
    ['present', { present: hops.store }],
    ['present with everything', { present: { hop: hops.store, service: 'glance-api', failed: true, error: 'NotFound', decision: 'failed', attributes: { 'image.id': 'lost' }, event: 'fault.fired' } }], // prettier-ignore
    ['present by name', { present: { span: 'cast compute.vm' } }],
    ['present by the first word of a name', { present: { span: 'GET', service: 'glance-api' } }],
    ['absent', { absent: hops.meta }],
    ['absent with other values', { absent: { hop: hops.store, decision: 'handled' } }],
    ['count', { count: { of: { span: 'GET' }, is: 2 } }],
    ['count of none', { count: { of: hops.meta, is: 0 } }],
    ['count in bounds', { count: { of: hops.store, is: { min: 1 } } }],
    ['edge', { edge: { parent: hops.build, child: hops.store, direct: false } }],
    ['direct edge over a request', { edge: { parent: hops.fetch, child: hops.show, direct: true } }],
    ['direct edge of a request', { edge: { parent: { span: 'GET' }, child: hops.show, direct: true } }],
    ['order', { order: [{ span: 'cast' }, hops.registryShow, hops.store] }],
    ['duration', { duration: { of: hops.store, at_least: 20, at_most: 20 } }],
    ['duration between two', { duration: { of: hops.show, to: hops.store, at_least: 14, at_most: 14 } }],
    ['service_edges', { service_edges: { include: ['compute-manager>glance-api'] } }],
    ['all service_edges', { service_edges: { exactly: ['compute-manager > glance-api', 'conductor > compute-manager'] } }], // prettier-ignore
    ['errors in any order', { errors: [hops.store, hops.show, hops.fetch, hops.spawn] }],
    ['complete', { complete: true }],
  ])('%s', (_, assertion) => {
    expect(check(assertion)).toEqual({
      text: expect.any(String),
      place: 'scenarios/x.yaml:31:5',
      ok: true,
      nearest: [],
      excerpt: [],
    });
  });
});

/** Of the others there is no one place in the trace to show. */
function isAboutSpans({ complete, shape }: Assertion): boolean {
  return complete === undefined && shape === undefined;
}

describe('what does not hold', () => {
  it.each<[string, Assertion, string, string]>([
    ['path to what is missing', { path: [hops.spawn, hops.driver] }, 'Store.get below spawn (compute-manager)', 'it is not in the trace'], // prettier-ignore
    ['path the wrong way', { path: [hops.store, hops.spawn] }, 'spawn below', 'it is in the trace, but not below'], // prettier-ignore
    ['path in time the wrong way', { path: { hops: [hops.store, hops.registryShow], order: 'time' } }, 'after _get_from_store', 'but not after'], // prettier-ignore
    ['present', { present: hops.meta }, 'Controller.meta is in the trace', 'no such span'],
    ['absent', { absent: { span: 'GET' } }, 'GET is not in the trace', 'there are 2'],
    ['count', { count: { of: { span: 'GET' }, is: { max: 1 } } }, 'at most 1 times', '2 times'],
    ['direct edge', { edge: { parent: hops.build, child: hops.store, direct: true } }, 'directly below', 'it is called by glance.api.v1.images.Controller.show (glance-api)'], // prettier-ignore
    ['edge of the missing', { edge: { parent: hops.meta, child: hops.store, direct: false } }, 'below', 'Controller.meta is not in the trace'], // prettier-ignore
    ['order', { order: [hops.store, hops.registryShow] }, 'after _get_from_store (glance-api)', 'but earlier'],
    ['too short', { duration: { of: hops.store, at_least: 200 } }, 'takes at least 200 ms', '20.0 ms'],
    ['too long between', { duration: { of: hops.show, to: hops.store, at_most: 5 } }, 'at most 5.00 ms', '14.0 ms'],
    ['duration of the missing', { duration: { of: hops.meta, at_most: 5 } }, 'at most', 'is not in the trace'],
    ['service_edges', { service_edges: { exactly: ['conductor > compute-manager', 'glance-api > registry'] } }, 'are exactly', 'missing: glance-api > registry; not expected: compute-manager > glance-api'], // prettier-ignore
    ['errors', { errors: [hops.store, hops.show, hops.fetch, hops.build] }, 'exactly these hops failed', 'did not fail: _build_and_run_instance; failed too: spawn'], // prettier-ignore
    ['no errors', { errors: [] }, 'no hop failed', 'failed too: spawn,'],
    ['complete', { complete: false }, 'not complete', 'the trace is complete'],
    ['shape without a reference', { shape: true }, 'its reference', NO_REFERENCE],
  ])('%s', (_, assertion, expected, found) => {
    const report = check(assertion);
    expect(report.ok).toBe(false);
    expect(report.expected).toContain(expected);
    expect(report.found).toContain(found);
    expect(report.excerpt.length).toBeLessThanOrEqual(15);
    expect(report.excerpt.length > 0).toBe(isAboutSpans(assertion));
  });
});

describe('what comes nearest', () => {
  it('is the same hop with what differs', () => {
    const { nearest } = check({ present: { hop: hops.store, service: 'registry', error: 'Forbidden' } });
    expect(nearest).toEqual([
      '_get_from_store (glance-api): 20.0 ms, failed with NotFound, service is "glance-api", not "registry"; error is "NotFound", not "Forbidden"', // prettier-ignore
    ]);
  });

  it('is another hop of that name', () => {
    const spans = bootSpans().filter(({ attributes }) => attributes['code.function.name'] !== hops.show);
    const { nearest } = check({ present: hops.show }, traceOf(spans));
    expect(nearest[0]).toContain(`is ${hops.registryShow}`);
  });

  it('is a name much like it', () => {
    expect(check({ present: { span: 'cast compute.vn' } }).nearest[0]).toContain(
      'cast compute.vm (conductor): 1.00 ms',
    );
  });

  it('is the caller when there is nothing like it, and the waterfall stands around it', () => {
    const { nearest, excerpt } = check({ present: hops.driver });
    expect(nearest).toEqual([
      '_get_from_store (glance-api): 20.0 ms, failed with NotFound, the nearest caller in the trace',
    ]);
    expect(excerpt.join('\n')).toContain('_get_from_store');
    expect(excerpt.join('\n')).not.toContain('parent missing');
  });

  it('are the spans that should not be there', () => {
    expect(check({ absent: { span: 'GET' } }).nearest).toHaveLength(2);
  });
});

it('finds what has not arrived by its text', () => {
  const broken = traceOf(bootSpans(), ['"cast conductor" sent a message, whose CONSUMER span has not arrived.']);
  expect(check({ complete: { missing: 'cast conductor' } }, broken).ok).toBe(true);
  expect(check({ complete: { missing: '/SERVER span/' } }, broken).ok).toBe(false);
  expect(check({ complete: true }, broken).found).toContain('whose CONSUMER span has not arrived');
});

it('compares the shape with the reference', () => {
  expect(check({ shape: true }, trace, bootSpans()).ok).toBe(true);
  const report = check({ shape: true }, trace, bootSpans().slice(0, -1));
  expect(report.ok).toBe(false);
  expect(report.found).toContain('_get_from_store');
});

it('takes a trace without spans', () => {
  const report = check({ present: hops.store }, traceOf([], ['No span of this trace has arrived.']));
  expect(report).toMatchObject({ ok: false, nearest: [], excerpt: [] });
});

it('tells why it is asserted', () => {
  expect(check({ present: hops.store, why: 'Glance asks its store.' }).why).toBe('Glance asks its store.');
});
