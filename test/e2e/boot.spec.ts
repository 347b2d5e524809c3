import { flows, getEntry, reasonNotPlayed } from '@bootlab/hop';
import { atLevel, hopId, hopPath, Span, TraceTree } from '@bootlab/trace-model';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OwnLab, startOwnLab } from '../support/own-lab';
import { hopPairs, isCall, neverPlayed, treeOf, wholeTrace } from '../support/traces';

const STORY = [
  'nova.compute.api.API._create_instance',
  'nova.compute.api.API._get_image',
  'glance.api.v1.images.Controller.meta',
  'glance.registry.client.v1.api.get_image_metadata',
  'glance.registry.api.v1.images.Controller.show',
  'glance.db.sqlalchemy.api.image_get',
  'nova.objects.image_meta.ImageMeta.from_dict',
  'nova.conductor.manager.ComputeTaskManager.schedule_and_build_instances',
  'nova.compute.manager.ComputeManager.build_and_run_instance',
  'nova.compute.manager.ComputeManager._build_and_run_instance',
  'nova.objects.image_meta.ImageMeta.from_dict',
  'nova.virt.libvirt.driver.LibvirtDriver.spawn',
];
const DOWNLOAD = [
  'nova.virt.libvirt.utils.fetch_image',
  'glance.api.v1.images.Controller.show',
  'glance.api.v1.controller.BaseController.get_active_image_meta_or_error',
  'glance.registry.client.v1.api.get_image_metadata',
  'glance.registry.api.v1.images.Controller.show',
  'glance.db.sqlalchemy.api.image_get',
  'glance.api.v1.images.Controller._get_from_store',
  'glance_store.location.get_location_from_uri',
  'glance_store.backend.get_store_from_uri',
  'glance_store._drivers.filesystem.Store.get',
];

describe('booting one instance', () => {
  const bytes = randomBytes(3 * 1024 * 1024);
  let lab: OwnLab;
  let image: { id: string };
  let created: Span[];
  let cold: Span[];
  let warm: Span[];
  let tree: TraceTree;

  async function boot(name: string): Promise<Span[]> {
    const { stdout } = await lab.bootlab(
      'boot',
      '--image',
      'random',
      '--flavor',
      'm1.tiny',
      '--name',
      name,
      '--wait',
      '--json',
    );
    const { server, traceId } = JSON.parse(stdout) as { server: { id: string; status: string }; traceId: string };
    expect(server.status).toBe('ACTIVE');
    return wholeTrace(lab.urls['lab']!, traceId);
  }

  beforeAll(async () => {
    lab = await startOwnLab({ BOOTLAB_LAB__LAB__LEVEL: 'detail' });
    const file = join(lab.home, 'random.img');
    writeFileSync(file, bytes);
    const { stdout } = await lab.bootlab('image', 'create', '--file', file, '--name', 'random', '--disk-format', 'raw', '--container-format', 'bare', '--property', 'os_type=linux', '--json'); // prettier-ignore
    const answer = JSON.parse(stdout) as { image: { id: string }; traceId: string };
    image = answer.image;
    created = await wholeTrace(lab.urls['lab']!, answer.traceId);
    cold = await boot('cold');
    warm = await boot('warm');
    tree = treeOf(cold);
  }, 60_000);
  afterAll(() => lab.stop(), 30_000);

  it('reads at level story as the path is told', () => {
    expect(hopPath(tree, 'story')).toEqual([...STORY, ...DOWNLOAD]);
    const [root] = atLevel(tree, 'story').roots;
    expect(root?.span).toMatchObject({ service: 'bootlab', name: 'bootlab boot' });
    expect(root?.children.map(({ span }) => span.name)).toEqual(['POST /v2.1/servers']);
  });

  it('asks glance for the bytes once: the second boot finds them in _base', () => {
    expect(hopPath(treeOf(warm), 'story')).toEqual(STORY);
  });

  it('keeps the same bytes in _base, under the sha1 of the image id', () => {
    const name = createHash('sha1').update(image.id).digest('hex');
    const folder = join(lab.home, 'instances', '_base');
    expect(readdirSync(folder)).toEqual([name]);
    expect(readFileSync(join(folder, name)).equals(bytes)).toBe(true);
    expect(existsSync(join(lab.home, 'images', image.id))).toBe(true);
  });

  it('shows every service of the path in one trace with one root', () => {
    expect([...new Set(cold.map(({ service }) => service))].sort()).toEqual(
      ['bootlab', 'compute-api', 'compute-manager', 'conductor', 'glance-api', 'registry'].sort(),
    );
    expect(tree.roots).toHaveLength(1);
    expect(tree.orphans).toEqual([]);
  });

  it('plays each hop where the catalogue says, with the lines of the original', () => {
    for (const span of [...created, ...cold, ...warm]) {
      const id = hopId(span.attributes);
      if (id === undefined) continue;
      const entry = getEntry(id);
      expect(span.attributes).toMatchObject({ 'code.file.path': entry.file, 'code.line.number': entry.lines[0] });
      expect({ id, services: entry.services }).toEqual({ id, services: expect.arrayContaining([span.service]) });
      expect(['handled', 'passed', 'failed']).toContain(span.attributes['chain.decision']);
    }
  });

  it('has only parent and child hops that the original has as caller and callee', () => {
    const pairs = [created, cold, warm].flatMap((spans) => hopPairs(treeOf(spans)));
    const odd = new Set(
      pairs.flatMap(([parent, child]) => (isCall(parent, child, neverPlayed) ? [] : `${parent} → ${child}`)),
    );
    expect([...odd]).toEqual([]);
  });

  it('passes the request on to hops that the trace has', () => {
    const seen = new Set(cold.map(({ attributes }) => hopId(attributes)));
    const lost = cold.flatMap(({ attributes }) => (attributes['chain.decision'] === 'passed' && !seen.has(String(attributes['chain.next'] as string)) ? `${hopId(attributes)} → ${String(attributes['chain.next'] as string)}` : [])); // prettier-ignore
    expect(lost).toEqual([]);
  });

  it('plays every hop of the flows of a boot and of an upload', () => {
    const seen = new Set([...created, ...cold].map(({ attributes }) => hopId(attributes)));
    const elsewhere = new Set(['glance_v1.list', 'boot.reschedule']);
    const asked = Object.entries(flows).flatMap(([flow, ids]) => (elsewhere.has(flow) ? [] : ids));
    const absent = asked.filter((id) => reasonNotPlayed(id) === undefined && !seen.has(id));
    // qcow2 images are converted, http locations have their own store: other tests boot those.
    expect([...new Set(absent)]).toEqual(['nova.virt.images.convert_image']);
  });

  it('hands over by request, call and cast as the original does', () => {
    const kinds = (name: RegExp) => new Set(cold.filter((span) => name.test(span.name)).map(({ kind }) => kind));
    expect(kinds(/^cast (conductor|compute\.)/)).toEqual(new Set(['producer']));
    expect(kinds(/^process (conductor|compute\.)/)).toEqual(new Set(['consumer']));
    expect(kinds(/^conductor.*\/object_/)).toEqual(new Set(['client', 'server']));
    expect(kinds(/^HEAD \/v1\/images\/\{id\}$/)).toEqual(new Set(['client', 'server']));
    expect(cold.filter(({ kind }) => kind === 'producer')).toHaveLength(2);
  });

  it('carries one request id from nova through glance to the registry', () => {
    // The version is negotiated before there is a context.
    const inContext = cold.filter(
      ({ attributes }) => hopId(attributes) && !hopId(attributes)!.includes('VersionNegotiationFilter'),
    );
    const idsOf = (service: string) =>
      new Set(inContext.flatMap((span) => (span.service === service ? [span.attributes['openstack.request_id']] : [])));
    expect(idsOf('glance-api')).toEqual(idsOf('registry'));
    expect(idsOf('conductor')).toEqual(idsOf('compute-api'));
    expect(idsOf('compute-manager')).toEqual(idsOf('compute-api'));
  });

  it('shows database statements without their values', () => {
    const statements = cold.filter(({ attributes }) => attributes['db.system.name'] === 'sqlite');
    expect(statements.length).toBeGreaterThan(5);
    for (const { attributes } of statements)
      expect(String(attributes['db.query.text'] as string)).not.toContain(image.id);
  });
});
