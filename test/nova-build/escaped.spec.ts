import { turnOnFaults } from '@bootlab/fault';
import { Fault, withFaultPlan } from '@bootlab/hop';
import type { Instance } from '@bootlab/nova';
import { context, SpanKind } from '@opentelemetry/api';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { BootWish, NovaProcesses } from './nova-processes';
import { recordedSpans } from './recorded-spans';

const MANAGER = 'nova.compute.manager.ComputeManager';
/** The conductor's: each change of an instance by its host passes here, in this order. */
const SAVE = 'nova.objects.instance.Instance.save';
const SAVES = ['start', 'claim', 'networking', 'block devices', 'spawning', 'active'];
const OS_ERROR = 'builtins.OSError';

/** What is left of an instance once nobody is at work on it. */
interface End {
  instance: Partial<Instance>;
  /** The latest fault. */
  fault: string | undefined;
  /** Each event with its result. */
  events: string[];
  /** What was told with priority error, without the versioned form. */
  told: string[];
}

describe('an exception in mid-build', () => {
  let nova: NovaProcesses;

  beforeAll(async () => {
    turnOnFaults({ service: 'test', host: 'node1', flush: async () => undefined, warn: fail });
    nova = await NovaProcesses.start({ BOOTLAB_NOVA__QUOTA__INSTANCES: '-1' });
    nova.glance.images.set(randomUUID(), { bytes: Buffer.from('image') });
    await nova.startHost('node1');
  });
  afterAll(() => nova.stop());

  function fail(message: string): never {
    throw new Error(message);
  }

  function failing<T>(faults: Omit<Fault, 'kind'>[], work: () => Promise<T>): Promise<T> {
    const plan = { id: randomUUID(), seed: 0, faults: faults.map((fault) => ({ ...fault, kind: 'error' as const })) };
    return context.with(withFaultPlan(context.active(), plan), work);
  }

  /** The save of that name fails once, for the instance that is booted next. */
  const failsAt = (save: string, exception = OS_ERROR) => ({
    hop: SAVE,
    exception,
    after: SAVES.indexOf(save),
    times: 1,
  });

  /** Resolves once every message that was sent has been worked on. */
  async function over(): Promise<void> {
    const ofKind = (kind: SpanKind) => recordedSpans.started.filter((span) => span.kind === kind);
    for (;;) {
      await nova.quiet();
      const received = new Set(ofKind(SpanKind.CONSUMER).map(({ parentSpanContext }) => parentSpanContext?.spanId));
      const sent = ofKind(SpanKind.PRODUCER);
      if (sent.length > 0 && sent.every((span) => received.has(span.spanContext().spanId))) return nova.quiet();
      await setImmediate();
    }
  }

  async function end(uuid: string): Promise<End> {
    await over();
    const { vm_state, task_state, host } = await nova.instances.getByUuid(uuid);
    const events = await nova.db
      .selectFrom('instance_actions_events as events')
      .innerJoin('instance_actions as actions', 'actions.id', 'events.action_id')
      .where('actions.instance_uuid', '=', uuid)
      .orderBy('events.id')
      .select(['events.event', 'events.result'])
      .execute();
    const told = recordedSpans.started.flatMap((span) =>
      span.events.flatMap(({ attributes }) =>
        attributes?.['notification.priority'] === 'ERROR' ? String(attributes['notification.event_type']) : [],
      ),
    );
    return {
      instance: { vm_state, task_state, host },
      fault: (await nova.faults([uuid])).get(uuid)?.message,
      events: events.map(({ event, result }) => `${event}: ${result}`),
      told: told.filter((name) => !/^(instance\.|compute\.exception)/.test(name)),
    };
  }

  async function boot(faults: Omit<Fault, 'kind'>[], wish: BootWish = {}): Promise<End & { uuid: string }> {
    await nova.quiet();
    recordedSpans.forget();
    const [uuid = ''] = await failing(faults, () => nova.boot(wish));
    return { uuid, ...(await end(uuid)) };
  }

  const event = (result: string) => [`compute__do_build_and_run_instance: ${result}`];
  const leftInBuild = {
    instance: { vm_state: 'building', task_state: null, host: null },
    events: event('Error'),
    told: ['_do_build_and_run_instance'],
  };

  it.each<[string, Omit<Fault, 'kind'>[], BootWish, RegExp]>([
    ['the function itself', [{ hop: `${MANAGER}._do_build_and_run_instance`, exception: OS_ERROR }], {}, /^OSError/],
    ['its first save', [failsAt('start')], {}, /^RemoteError$/],
    [
      'a file that is not base 64',
      [],
      { change: (args) => (args.injected_files = [['/etc/motd', '%%%']]) },
      /motd are not base 64/,
    ],
  ])('that escapes from %s leaves a fault, a failed event and no task', async (_, faults, wish, message) => {
    expect(await boot(faults, wish)).toMatchObject({ ...leftInBuild, fault: expect.stringMatching(message) });
    expect(await nova.allocated()).toBe(0);
  });

  it('that escapes while the instance goes on to another host leaves it on none', async () => {
    // Without an image the build has come to spawning; the save behind is the one that hands it on.
    const end = await boot([failsAt('active')], { imageId: randomUUID() });
    expect(end).toMatchObject({
      ...leftInBuild,
      fault: 'RemoteError',
      told: ['_do_build_and_run_instance', 'compute.instance.create.error'],
    });
    expect(await nova.allocated()).toBe(0);
  });

  it('that keeps the state error from being written is told, and the state is written with the task', async () => {
    const change: BootWish['change'] = ({ block_device_mapping }) => (block_device_mapping[0]![0]!.tag = 'a');
    expect(await boot([failsAt('claim')], { change })).toMatchObject({
      ...leftInBuild,
      instance: { vm_state: 'error', task_state: null, host: null },
      fault: 'RemoteError',
    });
  });

  it.each(['networking', 'block devices'])('at the save of %s gives the build up', async (save) => {
    expect(await boot([failsAt(save)])).toMatchObject({
      instance: { vm_state: 'error', task_state: null, host: null },
      fault: expect.stringMatching(/aborted/),
      events: event('Success'),
    });
  });

  it.each(['claim', 'spawning'])('at the save of %s asks for another host', async (save) => {
    expect(await boot([failsAt(save)])).toMatchObject({
      instance: { vm_state: 'error', task_state: null, host: null },
      fault: expect.stringMatching(/^Exceeded maximum number of retries/),
      events: event('Success'),
    });
  });

  it.each([OS_ERROR, 'nova.exception.UnexpectedTaskStateError'])(
    'at the last save, %s, ends in state error, and the guest stays',
    async (exception) => {
      const { uuid, ...ended } = await boot([failsAt('active', exception)]);
      expect(ended).toMatchObject({
        instance: { vm_state: 'error', task_state: null, host: null },
        events: event('Success'),
        told: [],
      });
      expect(existsSync(join(nova.folder('node1'), uuid))).toBe(true);
      expect(await nova.allocated()).toBe(0);
    },
  );

  it('at the last save of an instance that is being deleted leaves all to the deletion', async () => {
    const exception = 'nova.exception.UnexpectedDeletingTaskStateError';
    const { uuid, ...ended } = await boot([failsAt('active', exception)]);
    expect(ended).toMatchObject({
      instance: { vm_state: 'building', task_state: 'spawning', host: 'node1' },
      fault: undefined,
      events: event('Success'),
      told: ['compute.instance.create.error'],
    });
    await nova.terminate(uuid);
    await nova.deleted(uuid);
    await nova.quiet();
    expect(existsSync(join(nova.folder('node1'), uuid))).toBe(false);
  });

  it('that keeps a failed build from being cleaned up gives it up for the reason of the build', async () => {
    const faults = [
      { hop: 'nova.virt.libvirt.driver.LibvirtDriver.spawn', exception: OS_ERROR, message: 'no guest' },
      { hop: `${MANAGER}._shutdown_instance`, exception: OS_ERROR, message: 'no end' },
    ];
    expect(await boot(faults)).toMatchObject({
      instance: { vm_state: 'error', task_state: null, host: null },
      fault: expect.stringMatching(/aborted: no guest$/),
    });
  });

  it('in mid-deletion ends in state error without a task; the next deletion goes well', async () => {
    const { uuid } = await boot([]);
    recordedSpans.forget();
    await failing([{ hop: `${MANAGER}._shutdown_instance`, exception: OS_ERROR }], () => nova.terminate(uuid));
    expect(await end(uuid)).toMatchObject({
      instance: { vm_state: 'error', task_state: null, host: 'node1' },
      fault: 'OSError',
      events: [...event('Success'), 'compute_terminate_instance: Error'],
      told: ['terminate_instance'],
    });
    await nova.terminate(uuid);
    await nova.deleted(uuid);
  });

  it('in a deletion of what is deleted already is none', async () => {
    const { uuid } = await boot([]);
    recordedSpans.forget();
    const gone = { hop: SAVE, exception: 'nova.exception.InstanceNotFound', after: 1 };
    await failing([gone], () => nova.terminate(uuid));
    await over();
    const events = await nova.db
      .selectFrom('instance_actions_events')
      .selectAll()
      .orderBy('id', 'desc')
      .limit(1)
      .execute();
    expect(events).toMatchObject([{ event: 'compute_terminate_instance', result: 'Success' }]);
    expect((await nova.faults([uuid])).size).toBe(0);
  });
});
