import { recordDownTo } from '@bootlab/hop';
import { context, propagation, trace } from '@opentelemetry/api';
import { node, tracing } from '@opentelemetry/sdk-node';
import { alice, Glance } from './support/glance';

const exporter = new tracing.InMemorySpanExporter();
const provider = new node.NodeTracerProvider({ spanProcessors: [new tracing.SimpleSpanProcessor(exporter)] });
let glance: Glance;

beforeAll(async () => {
  provider.register();
  recordDownTo('path');
  glance = await Glance.start();
});
afterAll(async () => {
  await glance.stop();
  await provider.shutdown();
  trace.disable();
  context.disable();
  propagation.disable();
});
beforeEach(() => exporter.reset());

const HIDDEN = /registry\.(client\.v1\.client|api)|common\.client|db\.|^glance_store\.location/;

/** Function names of glance-api's own hops below `root`, two spaces for each level. */
function outline(root: string): string[] {
  const spans = exporter.getFinishedSpans();
  const nameOf = (span: tracing.ReadableSpan) => String(span.attributes['code.function.name']);
  const below = (span: tracing.ReadableSpan, depth: number): string[] => [
    '  '.repeat(depth) + nameOf(span).split('.').slice(-2).join('.'),
    ...spans
      .filter((one) => one.parentSpanContext?.spanId === span.spanContext().spanId && !HIDDEN.test(nameOf(one)))
      .sort((a, b) => Number(a.startTime[0] - b.startTime[0] || a.startTime[1] - b.startTime[1]))
      .flatMap((one) => below(one, depth + 1)),
  ];
  return below(
    spans.find((span) => nameOf(span) === root)!,
    0,
  );
}

/** Notifications in the order of their spans' events. */
function notifications(): unknown[] {
  return exporter
    .getFinishedSpans()
    .flatMap(({ events }) => events)
    .filter(({ name }) => name === 'notification')
    .sort((a, b) => a.time[0] - b.time[0] || a.time[1] - b.time[1])
    .map(({ attributes }) => attributes?.['event_type']);
}

it('creates with data along the original path', async () => {
  const { status } = await glance.create(alice, {}, Buffer.from('bytes'));
  expect(status).toBe(201);
  expect(outline('glance.common.wsgi.Resource.__call__')).toEqual(
    `
Resource.__call__
  ImageDeserializer._deserialize
    images.validate_image_meta
  Controller.create
    Controller._enforce
      Enforcer.enforce
    Controller._enforce
      Enforcer.enforce
    Controller._reserve
      api.add_image_metadata
    Controller._handle_source
      Controller._validate_image_for_activation
        BaseController.get_image_meta_or_404
          api.get_image_metadata
        images.validate_image_meta
      Controller._upload_and_activate
        Controller._upload
          backend.get_store_from_scheme
          api.update_image_metadata
          upload_utils.upload_data_to_store
            common.check_quota
            backend.store_add_to_backend
              check.op_checker
                Store.add
            common.check_quota
            api.update_image_metadata
        Controller._activate
          api.update_image_metadata
    BaseController.update_store_acls
    images.redact_loc
  ImageSerializer.create`
      .trim()
      .split('\n'),
  );
  expect(notifications()).toEqual(['image.create', 'image.prepare', 'image.upload', 'image.activate', 'image.update']);
});

it('deletes along the original path', async () => {
  const { image } = await glance.create(alice, {}, Buffer.from('bytes'));
  exporter.reset();
  await glance.ask(alice, 'DELETE', `/v1/images/${image['id']}`);
  expect(outline('glance.api.v1.images.Controller.delete').map((line) => line.trim())).toEqual([
    'Controller.delete',
    'Controller._enforce',
    'Enforcer.enforce',
    'BaseController.get_image_meta_or_404',
    'api.get_image_metadata',
    'api.update_image_metadata',
    'upload_utils.initiate_deletion',
    'store_utils.safe_delete_from_backend',
    'backend.delete_from_backend',
    'backend.get_store_from_uri',
    'backend.get_store_from_scheme',
    'check.op_checker',
    'Store.delete',
    'api.delete_image_metadata',
  ]);
  expect(notifications()).toEqual(['image.delete']);
});
