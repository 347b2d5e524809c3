import { node, tracing } from '@opentelemetry/sdk-node';
import { trace } from '@opentelemetry/api';
import { WrapException } from './exception-wrapper';

class Manager {
  @WrapException('prepare', 'compute')
  prepare(_context: object, { fails }: { fails: boolean; instance: { uuid: string }; admin_password: string }): string {
    if (fails) throw new RangeError('too far');
    return 'done';
  }

  @WrapException('build', 'compute')
  async build(_context: object, args: Parameters<Manager['prepare']>[1]): Promise<string> {
    return Promise.resolve(args).then((given) => this.work(given));
  }

  work({ fails }: { fails: boolean }): string {
    if (fails) throw new RangeError('too late');
    return 'built';
  }
}

describe('an exception that escapes', () => {
  const exporter = new tracing.InMemorySpanExporter();
  const provider = new node.NodeTracerProvider({ spanProcessors: [new tracing.SimpleSpanProcessor(exporter)] });
  const manager = new Manager();
  const args = (fails: boolean) => ({ fails, instance: { uuid: 'u' }, admin_password: 'secret' });

  beforeAll(() => {
    provider.register();
    process.env['BOOTLAB_NOVA__DEFAULT__HOST'] = 'node1';
  });
  beforeEach(() => exporter.reset());
  afterAll(async () => {
    delete process.env['BOOTLAB_NOVA__DEFAULT__HOST'];
    await provider.shutdown();
  });

  /** What is told while `work` runs, as events of the span around it. */
  async function told(work: () => unknown): Promise<unknown[]> {
    await trace.getTracer('test').startActiveSpan('message', async (span) => {
      try {
        await work();
      } finally {
        span.end();
      }
    });
    return exporter.getFinishedSpans().flatMap(({ events }) => events.map(({ attributes }) => attributes));
  }

  it.each([
    ['prepare', 'too far'],
    ['build', 'too late'],
  ] as const)('from %s is told under its name and as compute.exception, and goes on', async (name, message) => {
    const call = async () => expect(async () => manager[name]({}, args(true))).rejects.toThrow(RangeError);
    const events = await told(call);
    const what = {
      'notification.priority': 'ERROR',
      'instance.uuid': 'u',
      'fault.type': 'RangeError',
      'fault.message': message,
    };
    expect(events).toEqual([
      { ...what, 'notification.event_type': name, 'notification.publisher_id': 'compute.node1' },
      { ...what, 'notification.event_type': 'compute.exception', 'notification.publisher_id': 'nova-compute:node1' },
    ]);
  });

  it('is not there when all goes well', async () => {
    const results: string[] = [];
    const events = await told(async () => {
      results.push(manager.prepare({}, args(false)), await manager.build({}, args(false)));
    });
    expect({ results, events }).toEqual({ results: ['done', 'built'], events: [] });
  });
});
