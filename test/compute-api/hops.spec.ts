import { recordDownTo } from '@bootlab/hop';
import { isCall, neverPlayed } from '../support/traces';
import { CIRROS, OwnApi, startOwnApi } from './support/api';
import { HopRecorder, outline, RecordedHop } from './support/hop-recorder';

const story = `
NovaKeystoneContext.__call__
  Resource.__call__
    Resource._process_stack
      ServersController.create
        API.parse_availability_zone
        ServersController._image_from_req_data
        flavors.get_flavor_by_flavor_id
        API.create
          API._create_instance
            API._get_image
              API.get
                glance.get_remote_image_service
                GlanceImageServiceV2.show
                  GlanceClientWrapper.call
                    ImageManager.get
                      SessionClient.request
                        Session.request
                  glance._translate_from_glance
            API._check_auto_disk_config
            API._validate_and_build_base_options
              ImageMeta.from_dict
            API._check_and_transform_bdm
            API._checks_for_create_and_rebuild
              API._check_metadata_properties_quota
              API._check_injected_file_quota
              API._check_requested_image
              API._detect_nonbootable_image_from_properties
            API._provision_instances
              utils.check_num_instances_quota
              API._populate_instance_for_create
              API._validate_bdm
              API._create_reqspec_buildreq_instmapping
            ComputeTaskAPI.schedule_and_build_instances
              ComputeTaskAPI.schedule_and_build_instances
        ViewBuilder.create`;

describe('the hops of compute-api', () => {
  const recorder = new HopRecorder();
  let api: OwnApi;

  beforeAll(async () => {
    api = await startOwnApi();
  });
  afterAll(async () => {
    await api.close();
    await recorder.close();
  });
  beforeEach(() => recorder.clear());

  function hop(name: string): RecordedHop {
    const found = recorder.hops().find(({ id }) => id.endsWith(name));
    if (!found) throw new Error(`no hop ${name}`);
    return found;
  }

  /** Pairs of hops of which the original's upper one does not call the lower one. */
  function strangers(): string[] {
    const pairs = recorder.hops().flatMap(({ id, parent }) => (parent ? [[parent.id, id] as const] : []));
    return pairs.filter(([parent, id]) => !isCall(parent, id, neverPlayed)).map((pair) => pair.join(' -> '));
  }

  it("of a boot are the original's, in its order", async () => {
    recordDownTo('path');
    await api.boot();
    expect(outline(recorder.hops())).toEqual(story.trim().split('\n'));
    expect(hop('API._create_instance').attributes).toMatchObject({
      'hop.level': 'story',
      'image.ref': CIRROS,
      'flavor.name': 'm1.tiny',
      'chain.decision': 'passed',
      'chain.next': 'nova.conductor.api.ComputeTaskAPI.schedule_and_build_instances',
    });
    expect(hop('ServersController.create').attributes).toMatchObject({ 'chain.next': 'nova.compute.api.API.create' });
    expect(hop('API._check_requested_image').attributes).toMatchObject({
      'image.status': 'active',
      'image.size': 1024,
      'flavor.root_gb': 1,
      'chain.decision': 'handled',
    });
  });

  it('call each other as in the original, with all details, also for a boot from a block device', async () => {
    recordDownTo('detail');
    await api.boot({ min_count: 2, networks: [{ port: CIRROS }] });
    await api.boot({ min_count: 2, networks: 'auto' });
    await api.boot({
      imageRef: undefined,
      block_device_mapping_v2: [{ source_type: 'image', uuid: CIRROS, boot_index: 0, destination_type: 'volume' }],
    });
    const { body } = await api.boot();
    await api.call(`/v2.1/servers/${body.server.id}`);
    expect(recorder.hops().length).toBeGreaterThan(100);
    expect([...new Set(strangers())]).toEqual([]);
  });

  it('say where a boot failed, from there up to the edge', async () => {
    recordDownTo('path');
    await api.boot({ key_name: 'mine' });
    expect(hop('API._validate_and_build_base_options').attributes).toMatchObject({
      'chain.decision': 'failed',
      'error.type': 'KeypairNotFound',
    });
    expect(hop('NovaKeystoneContext.__call__').attributes).toMatchObject({ 'error.type': 'KeypairNotFound' });
    expect(outline(recorder.hops()).at(-1)?.trim()).toBe('API._validate_and_build_base_options');
  });

  it('do not reach the controller with a body that does not fit', async () => {
    recordDownTo('path');
    await api.boot({ name: '' });
    expect(outline(recorder.hops()).at(-1)?.trim()).toBe('Resource._process_stack');
    expect(hop('Resource._process_stack').attributes).toMatchObject({ 'error.type': 'ValidationError' });
  });
});
