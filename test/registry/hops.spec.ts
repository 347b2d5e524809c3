import { recordDownTo } from '@bootlab/hop';
import { identityHeaders, RequestContext } from '@bootlab/openstack';
import type { Running } from '@bootlab/service';
import { LabLogger } from '@bootlab/tracing';
import { context as otelContext, propagation, trace } from '@opentelemetry/api';
import { node, tracing } from '@opentelemetry/sdk-node';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '../../apps/registry/src/serve';
import { isCall, neverPlayed } from '../support/traces';

/** Spans in the order in which they began. */
const started: tracing.ReadableSpan[] = [];
const provider = new node.NodeTracerProvider({
  spanProcessors: [
    { onStart: (span) => void started.push(span), onEnd() {}, async forceFlush() {}, async shutdown() {} },
  ],
});
const home = mkdtempSync(join(tmpdir(), 'bootlab-registry-hops-'));
const context = new RequestContext({ userId: 'u', projectId: 'p', roles: ['member'] });
let registry: Running;

beforeAll(async () => {
  provider.register();
  recordDownTo('detail');
  Object.assign(process.env, {
    BOOTLAB_HOME: home,
    BOOTLAB_GLANCE_REGISTRY__DEFAULT__BIND_PORT: '0',
    BOOTLAB_LAB__LAB__LOG_LEVEL: 'error',
  });
  registry = await serve(new LabLogger('registry'));
});
afterAll(async () => {
  await registry.close();
  await provider.shutdown();
  trace.disable();
  otelContext.disable();
  propagation.disable();
  recordDownTo('path');
  rmSync(home, { recursive: true });
});

interface Answer {
  image: { id: string };
}

async function ask(method: string, path: string, body?: unknown): Promise<Answer> {
  started.length = 0;
  const response = await fetch(registry.url + path, {
    method,
    headers: { ...identityHeaders(context), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

function hopOf(span: tracing.ReadableSpan | undefined): string | undefined {
  return span?.attributes['code.function.name'] as string | undefined;
}

/** The hops of the last request with the hop above each. */
function pairs(): [string, string][] {
  const byId = new Map(started.map((span) => [span.spanContext().spanId, span]));
  return started.flatMap((span) => {
    const parent = hopOf(byId.get(span.parentSpanContext?.spanId ?? ''));
    const child = hopOf(span);
    return parent !== undefined && child !== undefined ? [[parent, child] as [string, string]] : [];
  });
}

const short = (id: string) => id.replace(/^glance\.(?:registry\.api\.v1|db\.sqlalchemy|db)\./, '');

it('reads and writes one image along the path of the original', async () => {
  const { image } = await ask('POST', '/images', { image: { status: 'queued', name: 'a' } });
  expect(pairs().map(([parent, child]) => `${short(parent)} > ${short(child)}`)).toEqual([
    'images.Controller.create > images._normalize_image_location_for_db',
    'images.Controller.create > api.image_create',
    'api.image_create > api._image_update',
    'api._image_update > api.image_get',
    'api.image_get > api._image_get',
    'api._image_get > utils.is_image_visible',
    'api.image_get > api._normalize_locations',
    'api.image_get > utils.mutate_image_dict_to_v1',
    'images.Controller.create > images.make_image_dict',
    'images.make_image_dict > images._limit_locations',
  ]);
  await ask('GET', `/images/${image.id}`);
  expect(pairs().map(([parent, child]) => `${short(parent)} > ${short(child)}`)).toEqual([
    'images.Controller.show > api.image_get',
    'api.image_get > api._image_get',
    'api._image_get > utils.is_image_visible',
    'api.image_get > api._normalize_locations',
    'api.image_get > utils.mutate_image_dict_to_v1',
    'images.Controller.show > images.make_image_dict',
    'images.make_image_dict > images._limit_locations',
  ]);
});

it('reads one image with one statement', async () => {
  const { image } = await ask('POST', '/images', { image: { status: 'queued', properties: { a: '1', b: '2' } } });
  await ask('GET', `/images/${image.id}`);
  const statements = started.flatMap(({ attributes }) => attributes['db.query.text'] ?? []);
  expect(statements).toHaveLength(1);
  expect(statements[0]).not.toContain(image.id);
});

it('calls only what the original calls', async () => {
  const { image } = await ask('POST', '/images', { image: { status: 'queued' } });
  const seen = pairs();
  const requests: [string, string, unknown?][] = [
    ['GET', `/images/${image.id}`],
    ['GET', '/images'],
    ['GET', `/images/detail?marker=${image.id}`],
    ['PUT', `/images/${image.id}`, { image: { name: 'b', properties: { a: '1' } }, from_state: 'queued' }],
    ['DELETE', `/images/${image.id}`],
  ];
  for (const [method, path, body] of requests) {
    await ask(method, path, body);
    seen.push(...pairs());
  }
  const invented = seen.filter(([parent, child]) => !isCall(parent, child, neverPlayed));
  const told = new Set(invented.map(([parent, child]) => `${short(parent)} > ${short(child)}`));
  expect([...told]).toEqual([]);
});
