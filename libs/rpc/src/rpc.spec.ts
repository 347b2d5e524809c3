import { messagingException, novaException, RequestContext } from '@bootlab/openstack';
import { LabLogger } from '@bootlab/tracing';
import { Injectable, Module } from '@nestjs/common';
import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import { node, tracing } from '@opentelemetry/sdk-node';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OwnTransport, transports } from '../../../test/support/transports';
import { followUp, RpcClient, RpcEndpoint, RpcMethod, serveRpc } from '.';

const exporter = new tracing.InMemorySpanExporter();
const provider = new node.NodeTracerProvider({ spanProcessors: [new tracing.SimpleSpanProcessor(exporter)] });
const target = { topic: 'compute', server: 'node1', version: '5.0' };
const asker = new RequestContext({ userId: 'u', projectId: 'p', roles: ['member'], globalRequestId: 'req-global' });

@Injectable()
@RpcEndpoint({ version: '5.0' })
class ComputeManager {
  readonly seen: RequestContext[] = [];
  release: () => void = () => undefined;
  readonly built = new Promise<void>((resolve) => (this.release = resolve));

  @RpcMethod('echo')
  echo(context: RequestContext, args: object): object {
    this.seen.push(context);
    return args;
  }

  @RpcMethod('fail')
  fail(): never {
    throw new novaException.FlavorDiskSmallerThanImage({ flavor_size: 1, image_size: 2 });
  }

  @RpcMethod('odd')
  odd(): never {
    throw new RangeError('odd');
  }

  @RpcMethod('hang')
  async hang(): Promise<void> {
    await this.built;
  }

  @RpcMethod('build_and_run_instance')
  build(): void {
    followUp(this.built);
  }
}

@Module({ providers: [ComputeManager], exports: [ComputeManager] })
class ComputeModule {}

afterAll(() => provider.shutdown());

describe.each(transports())('RPC over $name', ({ create, system }) => {
  const home = mkdtempSync(join(tmpdir(), 'bootlab-rpc-'));
  let manager: ComputeManager;
  let server: Awaited<ReturnType<typeof serveRpc>>;
  let client: RpcClient;
  let own: OwnTransport;
  const transport = () => own.open();

  beforeAll(async () => {
    process.env['BOOTLAB_HOME'] = home;
    process.env['BOOTLAB_LAB__LAB__LOG_LEVEL'] = 'error';
    provider.register();
    own = create();
    server = await serveRpc({
      transport: transport(),
      logger: new LabLogger('compute-manager'),
      module: ComputeModule,
      endpoints: [ComputeManager],
      topic: 'compute',
      server: 'node1',
      beforeListen: async (get) => void (manager = get(ComputeManager)),
    });
    client = new RpcClient(transport(), 2);
  });
  afterAll(async () => {
    await server.close();
    await own.drop();
    trace.disable();
    context.disable();
    propagation.disable();
    rmSync(home, { recursive: true });
  });
  beforeEach(() => exporter.reset());

  const spans = (kind: SpanKind) => exporter.getFinishedSpans().filter((span) => span.kind === kind);

  it('answers a call, with the request context and the trace of the caller', async () => {
    expect(await client.call(asker, target, 'echo', { a: [1, null] })).toEqual({ a: [1, null] });
    expect(manager.seen.at(-1)).toEqual(asker);
    const [sent] = spans(SpanKind.CLIENT);
    const [served] = spans(SpanKind.SERVER);
    expect(served?.parentSpanContext?.spanId).toBe(sent?.spanContext().spanId);
    expect(sent?.attributes).toMatchObject({
      'rpc.system': 'oslo.messaging',
      'rpc.method': 'echo',
      'peer.service': 'compute-manager',
    });
  });

  it('re-creates a remote exception by name', async () => {
    const error: unknown = await client.call(asker, target, 'fail', {}).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(novaException.FlavorDiskTooSmall);
    expect(error).toMatchObject({
      name: 'FlavorDiskSmallerThanImage_Remote',
      kwargs: { flavor_size: 1, image_size: 2 },
    });
  });

  it('makes a RemoteError of an exception that no table has', async () => {
    await expect(client.call(asker, target, 'odd', {})).rejects.toThrow(messagingException.RemoteError);
  });

  it('says which method or version nobody serves', async () => {
    await expect(client.call(asker, target, 'nonsense', {})).rejects.toThrow(messagingException.NoSuchMethod);
    await expect(client.call(asker, { ...target, version: '5.1' }, 'echo', {})).rejects.toThrow(
      messagingException.UnsupportedVersion,
    );
    await expect(client.call(asker, { ...target, namespace: 'x' }, 'echo', {})).rejects.toThrow(
      messagingException.UnsupportedVersion,
    );
  });

  it.each([null, 'x', [1]])('refuses arguments that are no object of names and values: %j', async (args) => {
    const given = args as unknown as Record<string, unknown>;
    await expect(client.call(asker, target, 'echo', given)).rejects.toThrow(
      'The arguments of echo are no object of names and values',
    );
  });

  it('names who did not answer in time', async () => {
    const connected = transport();
    await new RpcClient(connected, 10).call(asker, target, 'echo', {});
    const impatient = new RpcClient(connected, 0.05);
    await expect(impatient.call(asker, target, 'hang', {})).rejects.toThrow(
      /No answer to hang from compute.node1 within 0.05 s/,
    );
  });

  it('lets no call wait on when it is closed', async () => {
    const closing = transport();
    const patient = new RpcClient(closing, 600);
    await patient.call(asker, target, 'echo', {});
    const waiting = patient.call(asker, target, 'hang', {}).catch((reason: unknown) => reason);
    await closing.close();
    expect(await waiting).toBeInstanceOf(messagingException.MessageDeliveryFailure);
  });

  it('names a host that nobody listens for', async () => {
    await expect(client.cast(asker, { ...target, server: 'node9' }, 'echo', {})).rejects.toThrow(
      messagingException.MessageDeliveryFailure,
    );
  });

  it('ends the CONSUMER span of a cast with the work that goes on after the method', async () => {
    await client.cast(asker, target, 'build_and_run_instance', {});
    await client.call(asker, target, 'echo', {});
    expect(spans(SpanKind.PRODUCER)).toHaveLength(1);
    expect(spans(SpanKind.CONSUMER)).toHaveLength(0);
    const ended = new Promise<void>((resolve) => {
      const onEnd = exporter.export.bind(exporter);
      exporter.export = (batch, done) => {
        onEnd(batch, done);
        if (batch.some(({ kind }) => kind === SpanKind.CONSUMER)) resolve();
      };
    });
    manager.release();
    await ended;
    const [producer] = spans(SpanKind.PRODUCER);
    for (const kind of [SpanKind.PRODUCER, SpanKind.CONSUMER]) {
      expect(spans(kind)[0]?.attributes).toMatchObject({
        'messaging.system': system,
        'messaging.destination.name': 'compute.node1',
        'messaging.message.id': producer?.attributes['messaging.message.id'],
        'messaging.message.body.size': expect.any(Number),
      });
    }
    expect(spans(SpanKind.CONSUMER)[0]?.parentSpanContext?.spanId).toBe(producer?.spanContext().spanId);
  });
});
