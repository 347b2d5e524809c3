import { buildTree, Span, walk } from '@bootlab/trace-model';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { StartedLab, startLab } from '../testing/start-lab';
import { AwaitedTrace } from '../traces/trace-wait.service';
import { ThriftAgent } from './thrift-agent';

/**
 * One boot's spans through four exporters at once, each to a lab of its own: a process of its own, because the exporters load
 * their parts in a way that jest's modules do not allow.
 */
const SENDER = `
  const { tracing, resources, api } = require('@opentelemetry/sdk-node');
  const { OTLPTraceExporter: Json } = require('@opentelemetry/exporter-trace-otlp-http');
  const { OTLPTraceExporter: Proto } = require('@opentelemetry/exporter-trace-otlp-proto');
  const { JaegerExporter } = require('@opentelemetry/exporter-jaeger');
  const [json, proto, http, udp] = process.argv.slice(1);
  const provider = (service) => new tracing.BasicTracerProvider({
    resource: resources.resourceFromAttributes({ 'service.name': service, 'host.name': 'node1' }),
    spanProcessors: [
      new Json({ url: json + '/v1/traces' }),
      new Proto({ url: proto + '/v1/traces' }),
      new JaegerExporter({ endpoint: http + '/api/traces' }),
      new JaegerExporter({ host: '127.0.0.1', port: Number(udp) }),
    ].map((exporter) => new tracing.BatchSpanProcessor(exporter)),
  });
  const providers = { 'compute-api': provider('compute-api'), 'glance-api': provider('glance-api') };
  let context = api.ROOT_CONTEXT;
  const { SERVER, CLIENT, INTERNAL } = api.SpanKind;
  const open = [
    ['compute-api', 'POST /v2.1/servers', SERVER], ['compute-api', '_create_instance', INTERNAL],
    ['compute-api', 'GET', CLIENT], ['glance-api', 'GET /v1/images/{id}', SERVER], ['glance-api', '映像 show', INTERNAL],
  ].map(([service, name, kind]) => {
    const attributes = kind === CLIENT ? { 'peer.service': 'glance-api', 'image.size': 5000000000 } : { ok: true };
    const span = providers[service].getTracer('hop').startSpan(name, { kind, attributes }, context);
    context = api.trace.setSpan(context, span);
    return span;
  });
  const [root] = open;
  open[4].addEvent('fault.fired', { why: 'spec' });
  open[4].addLink({ context: root.spanContext() });
  open[4].setStatus({ code: api.SpanStatusCode.ERROR, message: 'no such image' });
  for (const span of open.reverse()) span.end();
  Promise.all(Object.values(providers).map((one) => one.shutdown()))
    .then(() => process.stdout.write(root.spanContext().traceId));
`;

const labs: StartedLab[] = [];
afterAll(() => Promise.all(labs.map((lab) => lab.stop())));

/** What every way in keeps. */
function shape(spans: readonly Span[]) {
  return [...walk(buildTree(spans))].map(({ node: { span }, depth }) => ({
    depth,
    id: span.spanId,
    service: span.service,
    name: span.name,
    kind: span.kind,
    status: span.status,
    scope: span.scope.name,
    micros: Math.floor(Number(BigInt(span.startTimeUnixNano) / 1000n)),
    attributes: { ok: span.attributes['ok'], size: span.attributes['image.size'] },
    events: span.events.map(({ name, attributes }) => ({ name, attributes })),
    links: span.links.map(({ traceId, spanId }) => ({ traceId, spanId })),
  }));
}

it('reads one boot back the same, whichever way it came in', async () => {
  for (let index = 0; index < 4; index++) {
    const lab = await startLab();
    labs.push(lab);
    await lab.app.listen(0, '127.0.0.1');
  }
  const urls = await Promise.all(labs.map((lab) => lab.app.getUrl()));
  const udp = String(labs[3]!.app.get(ThriftAgent).port);
  const { stdout: id } = await promisify(execFile)(process.execPath, ['-e', SENDER, ...urls.slice(0, 3), udp]);
  const traces = await Promise.all(
    labs.map(async (lab) => (await lab.get<AwaitedTrace>(`/lab/v1/traces/${id}?wait=complete&timeout=20`)).body),
  );
  expect(traces.map(({ complete }) => complete)).toEqual([true, true, true, true]);
  const [json, ...others] = traces.map(({ spans }) => shape(spans));
  expect(json!.map(({ depth }) => depth)).toEqual([0, 1, 2, 3, 4]);
  expect(json![4]).toMatchObject({ status: { code: 'error', message: 'no such image' }, links: [{ traceId: id }] });
  for (const other of others) expect(other).toEqual(json);
}, 60_000);
