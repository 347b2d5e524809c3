import { flows, hopName, reasonNotPlayed, recordDownTo } from '@bootlab/hop';
import type { tracing } from '@opentelemetry/sdk-node';
import { randomUUID } from 'node:crypto';
import { isCall, neverPlayed } from '../support/traces';
import { BootWish, NovaProcesses } from './nova-processes';
import { recordedSpans } from './recorded-spans';

type Span = tracing.ReadableSpan;

function idOf(span: Span | undefined): string | undefined {
  return span?.attributes['code.function.name'] as string | undefined;
}

/** The hops of one trace. */
class HopTree {
  readonly #byId: Map<string, Span>;

  /** @param spans in the order in which they began, @param ended in which they ended */
  constructor(
    readonly spans: Span[],
    readonly ended: Span[],
  ) {
    this.#byId = new Map(spans.map((span) => [span.spanContext().spanId, span]));
  }

  /** The nearest hop above, whatever requests and messages lie between. */
  parentOf(span: Span): Span | undefined {
    const parent = this.#byId.get(span.parentSpanContext?.spanId ?? '');
    return parent === undefined || idOf(parent) !== undefined ? parent : this.parentOf(parent);
  }

  ids(): (string | undefined)[] {
    return this.spans.map(idOf);
  }

  /** Names of the hops right below a hop, in the order in which they began. */
  below(id: string): string[] {
    return this.spans
      .filter((span) => idOf(span) !== undefined && idOf(this.parentOf(span)) === id)
      .map((span) => hopName(idOf(span)!));
  }

  find(id: string): Span {
    return this.spans.find((span) => idOf(span) === id)!;
  }
}

describe('the trace of a boot through conductor and compute host', () => {
  const imageId = randomUUID();
  let nova: NovaProcesses;
  let cold: HopTree;
  let warm: HopTree;
  let failed: HopTree;
  const others: Record<string, HopTree> = {};

  async function tracedBoot(wish: BootWish = {}): Promise<HopTree> {
    recordedSpans.forget();
    const [uuid = ''] = await nova.boot({ imageId, ...wish });
    await nova.settled(uuid);
    await nova.quiet();
    const { started, ended } = recordedSpans;
    const trace = started.find((span) => span.name === 'schedule_and_build_instances')!.spanContext().traceId;
    const inTrace = (span: Span) => span.spanContext().traceId === trace;
    return new HopTree(started.filter(inTrace), ended.filter(inTrace));
  }

  beforeAll(async () => {
    recordDownTo('detail');
    nova = await NovaProcesses.start();
    nova.glance.images.set(imageId, { bytes: Buffer.from('image') });
    await nova.startHost('node1');
    cold = await tracedBoot();
    warm = await tracedBoot();
    failed = await tracedBoot({ imageId: randomUUID() });
    const kernel = randomUUID();
    nova.glance.images.set(kernel, { bytes: Buffer.from('kernel') });
    others['with a kernel of its own'] = await tracedBoot({
      change: ({ build_requests }) => (build_requests[0]!.instance.kernel_id = kernel),
    });
    others['with a tagged disk'] = await tracedBoot({
      change: ({ block_device_mapping }) => (block_device_mapping[0]![0]!.tag = 'a'),
    });
    others['without a host'] = await tracedBoot({
      change: ({ request_specs }) => (request_specs[0]!.force_hosts = ['nowhere']),
    });
    await nova.stopHost('node1');
    others['to a host that is gone'] = await tracedBoot();
  });
  afterAll(() => nova.stop());

  it('plays every hop of nova in these flows', () => {
    const seen = new Set(cold.ids());
    const asked = ['boot.conductor_scheduler', 'boot.compute', 'boot.libvirt_image']
      .flatMap((flow) => flows[flow]!)
      .filter((id) => id.startsWith('nova.') && reasonNotPlayed(id) === undefined);
    // A raw image need not be converted.
    expect(asked.filter((id) => !seen.has(id))).toEqual(['nova.virt.images.convert_image']);
  });

  it.each([
    'cold',
    'warm',
    'failed',
    'with a kernel of its own',
    'with a tagged disk',
    'without a host',
    'to a host that is gone',
  ])('calls as the original does: %s', (which) => {
    const tree = { cold, warm, failed, ...others }[which]!;
    const odd = tree.spans.flatMap((span) => {
      const child = idOf(span);
      const parent = idOf(tree.parentOf(span));
      return child === undefined || parent === undefined || isCall(parent, child, neverPlayed)
        ? []
        : `${parent} → ${child}`;
    });
    expect(odd).toEqual([]);
  });

  it('goes through the conductor in the original order', () => {
    expect(cold.below('nova.conductor.manager.ComputeTaskManager.schedule_and_build_instances')).toEqual([
      '_schedule_instances',
      'create',
      'check_num_instances_quota',
      'populate_retry',
      'populate_filter_properties',
      'send_update_with_states',
      'action_start',
      '_create_block_device_mapping',
      '_create_tags',
      '_delete_build_request',
      'build_and_run_instance',
    ]);
  });

  it('goes through the compute host in the original order', () => {
    expect(cold.below('nova.compute.manager.ComputeManager.build_and_run_instance')).toEqual([
      'spawn_n',
      '_locked_do_build_and_run_instance',
    ]);
    expect(cold.below('nova.compute.manager.ComputeManager._do_build_and_run_instance')).toEqual([
      '__enter__',
      'save',
      '_decode_files',
      '_build_and_run_instance',
      '__exit__',
    ]);
    expect(cold.below('nova.compute.manager.ComputeManager._build_and_run_instance')).toEqual([
      'notify_about_instance_usage',
      'notify_about_instance_create',
      '_check_device_tagging',
      'instance_claim',
      '_validate_instance_group_policy',
      'from_dict',
      '_build_resources',
      'save',
      'spawn',
      '_update_instance_after_spawn',
      'save',
      'notify_about_instance_usage',
      'notify_about_instance_create',
    ]);
    expect(cold.below('nova.compute.manager.ComputeManager._build_resources')).toEqual([
      '_build_networks_for_instance',
      '_default_block_device_names',
      'save',
      '_prep_block_device',
    ]);
  });

  it('goes from the guest to the bytes in the original order, the second time no further than the cache', () => {
    expect(cold.below('nova.virt.libvirt.driver.LibvirtDriver.spawn')).toEqual([
      'get_disk_info',
      '_create_image',
      '_ensure_console_log_for_instance',
      '_get_guest_xml',
      '_create_domain_and_network',
      '_wait_for_boot',
    ]);
    const create = 'nova.virt.libvirt.imagebackend.Qcow2.create_image';
    const rest = ['_update_utime_ignore_eacces', 'verify_base_size', 'copy_qcow2_image'];
    expect(cold.below(create)).toEqual(['fetch_func_sync', ...rest]);
    expect(warm.below(create)).toEqual(rest);
    expect(cold.below('nova.virt.images.fetch_to_raw')).toEqual(['fetch', 'qemu_img_info']);
  });

  it('saves the states one after another', () => {
    const saves = cold.spans.filter((span) => idOf(span) === 'nova.objects.instance.Instance.save');
    expect(saves.map(({ attributes }) => [attributes['instance.vm_state'], attributes['instance.task_state']])).toEqual(
      [
        ['building', 'None'],
        [undefined, undefined],
        ['building', 'networking'],
        ['building', 'block_device_mapping'],
        ['building', 'spawning'],
        ['active', 'None'],
      ],
    );
  });

  it('says what is simulated', () => {
    const simulated = cold.spans.filter((span) => span.attributes['hop.simulated'] !== undefined);
    expect(simulated.map((span) => span.name)).toEqual([
      '_schedule_instances',
      '_allocate_network_async',
      '_prep_block_device',
      '_get_guest_xml',
      '_create_domain_and_network',
      '_create_domain',
      '_wait_for_boot',
    ]);
  });

  it('tells the world', () => {
    const told = (tree: HopTree) =>
      tree.spans.flatMap(({ events }) =>
        events.flatMap(({ name, attributes }) =>
          name === 'notification' ? String(attributes?.['notification.event_type']) : [],
        ),
      );
    expect(told(cold)).toEqual([
      'compute.instance.create.start',
      'instance.create.start',
      'compute.instance.create.end',
      'instance.create.end',
    ]);
    expect(told(failed)).toEqual([
      'compute.instance.create.start',
      'instance.create.start',
      'compute.instance.shutdown.start',
      'instance.shutdown.start',
      'compute.instance.shutdown.end',
      'instance.shutdown.end',
      'compute.instance.create.error',
      'instance.create.error',
      'compute_task.build_instances',
    ]);
  });

  it('shows where a build failed, and that its event counts as a success', () => {
    expect(failed.find('nova.virt.libvirt.utils.fetch_image').attributes).toMatchObject({
      'chain.decision': 'failed',
      'error.type': 'ImageNotFound',
    });
    expect(failed.below('nova.compute.manager.ComputeManager._do_build_and_run_instance').slice(4)).toEqual([
      '_cleanup_allocated_networks',
      '_nil_out_instance_obj_host_and_node',
      'save',
      '_delete_allocation_for_instance',
      'build_instances',
      '__exit__',
    ]);
    expect(failed.below('nova.conductor.manager.ComputeTaskManager.build_instances')).toEqual([
      'populate_retry',
      '_cleanup_when_reschedule_fails',
    ]);
    const aborted = others['with a tagged disk']!;
    expect(aborted.below('nova.compute.manager.ComputeManager._do_build_and_run_instance').slice(4)).toEqual([
      '_cleanup_allocated_networks',
      '_cleanup_volumes',
      'add_instance_fault_from_exc',
      '_nil_out_instance_obj_host_and_node',
      '_set_instance_obj_error_state',
      '__exit__',
    ]);
    expect(failed.find('nova.compute.utils.EventReporter.__exit__').attributes).toMatchObject({
      'instance.event_result': 'Success',
    });
  });

  it('lets the message count as processed when the build has ended', () => {
    const names = cold.ended.map(({ name }) => name);
    expect(names.indexOf('process compute.node1')).toBeGreaterThan(names.indexOf('__exit__'));
  });
});
