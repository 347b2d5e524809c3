import {
  BlockDeviceMapping,
  ComputeRpcApi,
  ComputeTaskRpcApi,
  Flavor,
  Instance,
  newInstance,
  NovaRpc,
  openNovaRpc,
  requestSpecFromComponents,
  ScheduleAndBuildArgs,
  StateUpdates,
} from '@bootlab/nova';
import {
  Allocations,
  BlockDevices,
  BuildRequests,
  Flavors,
  InstanceActions,
  InstanceFaults,
  InstanceMappings,
  Instances,
  NovaDatabase,
  openNovaDatabase,
  RequestSpecs,
} from '@bootlab/nova-db';
import { RequestContext } from '@bootlab/openstack';
import { LabLogger } from '@bootlab/tracing';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve as serveCompute } from '../../apps/compute-manager/src/serve';
import { serve as serveConductor } from '../../apps/conductor/src/serve';
import { GlanceServer } from './glance-server';
import { recordedSpans } from './recorded-spans';

interface Running {
  close(): Promise<void>;
}

export interface BootWish {
  flavor?: string;
  imageId?: string;
  count?: number;
  /** Changes what goes to the conductor. */
  change?: (args: ScheduleAndBuildArgs) => void;
  /** Called before anything goes to the conductor. */
  prepared?: (uuids: string[]) => Promise<void>;
}

/** A conductor, compute hosts and a server of images, with a state folder of their own. */
export class NovaProcesses {
  readonly home = mkdtempSync(join(tmpdir(), 'nova-build-'));
  readonly glance = new GlanceServer();
  readonly logger: LabLogger;
  /** The only folder with programs that the hosts find. */
  readonly programs = join(this.home, 'bin');
  conductor: Running | undefined;
  db!: NovaDatabase;
  rpc!: NovaRpc;
  instances!: Instances;
  readonly #hosts = new Map<string, Running>();
  readonly #path = process.env['PATH'];

  private constructor() {
    Object.assign(process.env, {
      BOOTLAB_HOME: this.home,
      BOOTLAB_LAB__LAB__LOG_LEVEL: 'error',
      BOOTLAB_NOVA__DEFAULT__RPC_RESPONSE_TIMEOUT: '30',
      // Whether this machine has qemu-img must not matter.
      PATH: this.programs,
    });
    this.logger = new LabLogger('test');
    // What goes wrong here is meant to.
    this.logger.error = () => undefined;
    this.logger.warn = () => undefined;
  }

  static async start(env: Record<string, string> = {}): Promise<NovaProcesses> {
    const nova = new NovaProcesses();
    Object.assign(process.env, { BOOTLAB_NOVA__GLANCE__API_SERVERS: await nova.glance.start(), ...env });
    nova.db = await openNovaDatabase();
    nova.rpc = openNovaRpc();
    nova.instances = new Instances(nova.db, new StateUpdates());
    await nova.startConductor();
    return nova;
  }

  async startConductor(): Promise<void> {
    process.env['BOOTLAB_NOVA__DEFAULT__HOST'] = 'controller';
    this.conductor = await serveConductor(this.logger);
  }

  async stopConductor(): Promise<void> {
    await this.conductor?.close();
    this.conductor = undefined;
  }

  async startHost(host: string): Promise<void> {
    process.env['BOOTLAB_NOVA__DEFAULT__HOST'] = host;
    process.env['BOOTLAB_NOVA__DEFAULT__INSTANCES_PATH'] = this.folder(host);
    this.#hosts.set(host, await serveCompute(this.logger));
  }

  async stopHost(host: string): Promise<void> {
    await this.#hosts.get(host)?.close();
    this.#hosts.delete(host);
  }

  /** Where a host keeps its instances. */
  folder(host: string): string {
    return join(this.home, host);
  }

  /** Resolves once nobody is at work any more. */
  quiet(): Promise<void> {
    return recordedSpans.quiet();
  }

  async stop(): Promise<void> {
    await this.quiet();
    for (const host of this.#hosts.keys()) await this.stopHost(host);
    await this.stopConductor();
    await this.rpc.transport.close();
    await this.db.destroy();
    await this.glance.stop();
    rmSync(this.home, { recursive: true });
    process.env['PATH'] = this.#path;
    for (const name of Object.keys(process.env)) if (name.startsWith('BOOTLAB_')) delete process.env[name];
  }

  flavor(name: string): Promise<Flavor> {
    return new Flavors(this.db).list().then((all) => all.find((flavor) => flavor.name === name)!);
  }

  /** Does what the compute API does for a boot; gives the instances' uuids. */
  async boot(wish: BootWish = {}, context = new RequestContext({ projectId: 'p', userId: 'u' })): Promise<string[]> {
    const args = await this.#prepare(wish, context);
    const uuids = args.build_requests.map(({ instance_uuid }) => instance_uuid);
    await wish.prepared?.(uuids);
    await new ComputeTaskRpcApi(this.rpc.client).scheduleAndBuildInstances(context, args);
    return uuids;
  }

  async terminate(uuid: string): Promise<void> {
    const context = new RequestContext({ projectId: 'p', userId: 'u' });
    const instance = await this.instances.getByUuid(uuid);
    await new InstanceActions(this.db).actionStart(context, uuid, 'delete');
    await this.instances.save(uuid, { task_state: 'deleting' });
    await new ComputeRpcApi(this.rpc.client).terminateInstance(context, instance, []);
  }

  /** The instance once it meets the condition. */
  async until(uuid: string, met: (instance: Instance) => boolean): Promise<Instance> {
    for (;;) {
      const instance = await this.#find(uuid);
      if (instance && met(instance)) return instance;
    }
  }

  async settled(uuid: string): Promise<Instance> {
    return this.until(uuid, ({ vm_state }) => vm_state !== 'building');
  }

  async deleted(uuid: string): Promise<void> {
    while (await this.#find(uuid));
  }

  /** The instance's fault once it has one; the state may be there a moment earlier. */
  async fault(uuid: string) {
    for (;;) {
      const fault = (await this.faults([uuid])).get(uuid);
      if (fault) return fault;
    }
  }

  faults(uuids: string[]) {
    return new InstanceFaults(this.db).getLatestForInstances(uuids);
  }

  async allocated(): Promise<number> {
    const { count } = await this.db
      .selectFrom('allocations')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return count;
  }

  async hostStates() {
    return new Allocations(this.db).hostStates();
  }

  async #find(uuid: string): Promise<Instance | undefined> {
    return this.instances.getByUuid(uuid).catch(() => undefined);
  }

  async #prepare({ flavor: name, imageId, count, change }: BootWish, context: RequestContext) {
    const flavor = await this.flavor(name ?? 'm1.tiny');
    const image = { id: imageId ?? [...this.glance.images.keys()][0], status: 'active', properties: {} };
    const uuids = Array.from({ length: count ?? 1 }, () => randomUUID());
    const args: ScheduleAndBuildArgs = {
      build_requests: uuids.map((uuid, launch_index) => ({
        instance_uuid: uuid,
        project_id: context.projectId ?? null,
        instance: newInstance({
          uuid,
          flavor,
          launch_index,
          display_name: 'one',
          project_id: context.projectId ?? null,
          user_id: context.userId ?? null,
          image_ref: image.id ?? '',
          vm_state: 'building',
          task_state: 'scheduling',
        }),
        block_device_mappings: [],
        tags: [],
        created_at: new Date().toISOString(),
      })),
      request_specs: uuids.map((instance_uuid) =>
        requestSpecFromComponents({
          instance_uuid,
          project_id: context.projectId ?? null,
          user_id: context.userId ?? null,
          image,
          flavor,
          num_instances: uuids.length,
        }),
      ),
      image,
      admin_password: 'secret',
      injected_files: [],
      requested_networks: [],
      block_device_mapping: uuids.map((uuid) => [rootDisk(uuid, image.id ?? null)]),
      tags: ['blue'],
    };
    change?.(args);
    for (const [index, request] of args.build_requests.entries()) {
      await new RequestSpecs(this.db).create(args.request_specs[index]!);
      await new BuildRequests(this.db).create(request);
      const { instance_uuid, project_id } = request;
      await new InstanceMappings(this.db).create({ instance_uuid, project_id, cell: null });
    }
    return args;
  }

  blockDevices(uuid: string): Promise<BlockDeviceMapping[]> {
    return new BlockDevices(this.db).getByInstanceUuid(uuid);
  }
}

function rootDisk(instance_uuid: string, image_id: string | null): BlockDeviceMapping {
  return {
    uuid: randomUUID(),
    instance_uuid,
    source_type: 'image',
    destination_type: 'local',
    guest_format: null,
    device_type: 'disk',
    disk_bus: null,
    device_name: null,
    boot_index: 0,
    image_id,
    volume_id: null,
    snapshot_id: null,
    volume_size: null,
    delete_on_termination: true,
    no_device: false,
    tag: null,
  };
}
