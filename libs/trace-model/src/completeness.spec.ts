import { completeness } from './completeness';
import { makeSpan } from './testing/make-span';

const root = makeSpan(1, undefined, { kind: 'server', name: 'POST /v2.1/servers' });
const client = (attributes: Record<string, string | number | boolean>, more = {}) =>
  makeSpan(2, 1, { kind: 'client', name: 'GET /v1/images', attributes, ...more });
const server = makeSpan(3, 2, { kind: 'server', service: 'glance-api' });
const failed = { status: { code: 'error' as const, message: 'connect ECONNREFUSED' } };

const complete = { complete: true, missing: [] };
const missing = (...sentences: string[]) => ({ complete: false, missing: sentences });
const serverMissing = missing('"GET /v1/images" (compute-api) called glance-api, whose SERVER span has not arrived.');

describe('completeness', () => {
  it('wants a span, and one root', () => {
    expect(completeness([root])).toEqual(complete);
    expect(completeness([])).toEqual(missing('No span of this trace has arrived.'));
    expect(completeness([root, makeSpan(2, undefined)])).toEqual(
      missing('The trace has 2 roots: "POST /v2.1/servers" (compute-api), "span 2" (compute-api).'),
    );
  });

  it('wants every parent', () => {
    expect(completeness([makeSpan(2, 1)])).toEqual(
      missing(
        'The root span has not arrived.',
        'The parent of "span 2" (compute-api), span 0000000000000001, has not arrived.',
      ),
    );
    expect(completeness([root, makeSpan(3, 2)]).missing).toEqual([
      'The parent of "span 3" (compute-api), span 0000000000000002, has not arrived.',
    ]);
  });

  it('wants the SERVER of a call to a service of the lab', () => {
    const call = client({ 'peer.service': 'glance-api', 'http.response.status_code': 200 });
    expect(completeness([root, call])).toEqual(serverMissing);
    expect(completeness([root, call, server])).toEqual(complete);
    expect(completeness([root, call, { ...server, kind: 'internal' }])).toEqual(serverMissing);
    expect(completeness([root, client({ 'lab.handover': true })]).missing).toEqual([
      '"GET /v1/images" (compute-api) called another service, whose SERVER span has not arrived.',
    ]);
  });

  it('wants nothing of a call to somebody else, such as a database', () => {
    expect(completeness([root, client({ 'db.system.name': 'sqlite' })])).toEqual(complete);
  });

  it('wants nothing of a call that was never taken', () => {
    const refused = client({ 'peer.service': 'glance-api', 'error.type': 'ECONNREFUSED' }, failed);
    expect(completeness([root, refused])).toEqual(complete);
    expect(completeness([root, { ...refused, status: { code: 'unset' } }])).toEqual(serverMissing);
  });

  it('wants the SERVER of a call that was answered with an error', () => {
    const http = { 'peer.service': 'glance-api', 'error.type': '500', 'http.response.status_code': 500 };
    expect(completeness([root, client(http, failed)])).toEqual(serverMissing);
    const rpc = { 'peer.service': 'glance-api', 'error.type': 'NoValidHost_Remote' };
    expect(completeness([root, client(rpc, failed)])).toEqual(serverMissing);
  });

  it('wants the CONSUMER of a message, unless it could not be sent', () => {
    const attributes = { 'peer.service': 'conductor', 'messaging.destination.name': 'conductor' };
    const producer = makeSpan(2, 1, { kind: 'producer', name: 'cast conductor', attributes });
    const consumer = makeSpan(3, 2, { kind: 'consumer', service: 'conductor' });
    expect(completeness([root, producer])).toEqual(
      missing('"cast conductor" (compute-api) sent a message to conductor, whose CONSUMER span has not arrived.'),
    );
    expect(completeness([root, producer, consumer])).toEqual(complete);
    expect(completeness([root, { ...producer, ...failed }])).toEqual(complete);
  });
});
