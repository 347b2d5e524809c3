import { node, tracing } from '@opentelemetry/sdk-node';
import { StateUpdates, States } from './base';

const OPTION = 'BOOTLAB_NOVA__NOTIFICATIONS__NOTIFY_ON_STATE_CHANGE';

describe('StateUpdates', () => {
  const exporter = new tracing.InMemorySpanExporter();
  const provider = new node.NodeTracerProvider({ spanProcessors: [new tracing.SimpleSpanProcessor(exporter)] });

  beforeAll(() => provider.register());
  beforeEach(() => exporter.reset());
  afterEach(() => delete process.env[OPTION]);
  afterAll(() => provider.shutdown());

  const building: States = { vm_state: 'building', task_state: null };
  const networking: States = { vm_state: 'building', task_state: 'networking' };
  const active: States = { vm_state: 'active', task_state: null };

  function told(option: string, before: States, after: States): string[] {
    process.env[OPTION] = option;
    new StateUpdates().sendUpdateWithStates('uuid', before, after, 'conductor.node.1');
    return exporter
      .getFinishedSpans()
      .flatMap(({ events }) => events)
      .map(
        ({ attributes }) =>
          `${attributes?.['notification.publisher_id'] as string} ${attributes?.['notification.event_type'] as string}`,
      );
  }
  const both = ['conductor.node.1 compute.instance.update', 'nova-conductor:node.1 instance.update'];

  it('tells nobody unless nova.conf says so', () => {
    expect(told('', building, active)).toEqual([]);
  });

  it('tells of vm states, and of task states too where they are asked for', () => {
    expect(told('vm_state', building, networking)).toEqual([]);
    expect(told('vm_state', building, active)).toEqual(both);
    exporter.reset();
    expect(told('vm_and_task_state', building, networking)).toEqual(both);
  });

  it('tells of no change that is none', () => {
    expect(told('vm_and_task_state', active, active)).toEqual([]);
  });
});
