import { OwnApi, CIRROS, startOwnApi } from './support/api';

const ANN = { 'x-user-id': 'ann', 'x-project-id': 'blue', 'x-roles': 'member' };

describe('POST /servers', () => {
  let api: OwnApi;

  beforeAll(async () => {
    api = await startOwnApi({ BOOTLAB_NOVA__QUOTA__INSTANCES: '-1', BOOTLAB_NOVA__QUOTA__CORES: '-1' });
  });
  afterAll(() => api.close());

  it('answers 202 with id, links and password, and where to look', async () => {
    const { status, headers, body } = await api.boot();
    expect(status).toBe(202);
    const { id } = body.server;
    expect(body.server).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      links: [
        { rel: 'self', href: `${api.url}/v2.1/servers/${id}` },
        { rel: 'bookmark', href: `${api.url}/servers/${id}` },
      ],
      'OS-DCF:diskConfig': 'MANUAL',
      security_groups: [{ name: 'default' }],
      adminPass: expect.stringMatching(/^\w{12}$/),
    });
    expect(headers.get('location')).toBe(`${api.url}/v2.1/servers/${id}`);
    expect(headers.get('x-openstack-request-id')).toMatch(/^req-[0-9a-f-]{36}$/);
    expect(headers.get('x-compute-request-id')).toBe(headers.get('x-openstack-request-id'));
    expect(headers.get('openstack-api-version')).toBe('compute 2.1');
    expect(headers.get('x-openstack-nova-api-version')).toBe('2.1');
    expect(headers.get('vary')).toContain('OpenStack-API-Version');
    await api.conductor.messages.next();
  });

  it('hands the request to the conductor as it is recorded', async () => {
    const global = 'req-0b7f8d4e-6f0c-4a53-8d0b-0a3c8f5c1d2e';
    const { body, headers } = await api.boot(
      {
        metadata: { role: 'web' },
        networks: [{ uuid: '22222222-2222-4222-8222-222222222222', fixed_ip: '10.0.0.7' }],
        personality: [{ path: '/etc/motd', contents: 'aGVsbG8=' }],
        adminPass: 'secret',
        user_data: 'IyEvYmluL3No\nCg==',
        config_drive: 'true',
        'OS-DCF:diskConfig': 'AUTO',
        availability_zone: 'nova',
      },
      { ...ANN, 'x-openstack-request-id': global },
    );
    const { method, context, args } = await api.conductor.messages.next();
    const { id } = body.server;
    expect(method).toBe('schedule_and_build_instances');
    expect(context).toMatchObject({
      requestId: headers.get('x-openstack-request-id'),
      globalRequestId: global,
      userId: 'ann',
      projectId: 'blue',
      isAdmin: false,
    });
    expect(args).toMatchObject({
      admin_password: 'secret',
      injected_files: [['/etc/motd', 'aGVsbG8=']],
      requested_networks: [{ network_id: '22222222-2222-4222-8222-222222222222', address: '10.0.0.7' }],
      image: { id: CIRROS, status: 'active', size: 1024 },
      tags: [],
      request_specs: [{ instance_uuid: id, num_instances: 1, availability_zone: 'nova', flavor: { name: 'm1.tiny' } }],
      block_device_mapping: [
        [{ instance_uuid: id, source_type: 'image', destination_type: 'local', boot_index: 0, image_id: CIRROS }],
      ],
      build_requests: [
        {
          instance_uuid: id,
          project_id: 'blue',
          instance: {
            uuid: id,
            user_id: 'ann',
            display_name: 'web',
            hostname: 'web',
            vm_state: 'building',
            task_state: 'scheduling',
            power_state: 0,
            image_ref: CIRROS,
            config_drive: 'True',
            auto_disk_config: true,
            metadata: { role: 'web' },
            memory_mb: 512,
            system_metadata: {
              image_base_image_ref: CIRROS,
              image_min_disk: '1',
              image_min_ram: '0',
              image_disk_format: 'raw',
              image_container_format: 'bare',
            },
          },
        },
      ],
    });
    expect(api.glance.asked.at(-1)).toMatchObject({
      method: 'HEAD',
      path: `/v1/images/${CIRROS}`,
      headers: { 'x-openstack-request-id': global, 'x-user-id': 'ann', 'x-project-id': 'blue' },
    });
  });

  it('shows the server from its build request, without an instance row', async () => {
    const { body } = await api.boot({ name: 'early', metadata: { a: 'b' } });
    await api.conductor.messages.next();
    const shown = await api.call(`/v2.1/servers/${body.server.id}`);
    expect(shown.status).toBe(200);
    expect(shown.body.server).toMatchObject({
      id: body.server.id,
      name: 'early',
      status: 'BUILD',
      progress: 0,
      metadata: { a: 'b' },
      addresses: {},
      image: { id: CIRROS, links: [{ rel: 'bookmark', href: `${api.url}/images/${CIRROS}` }] },
      flavor: { id: '1', links: [{ rel: 'bookmark', href: `${api.url}/flavors/1` }] },
      hostId: '',
      'OS-EXT-STS:vm_state': 'building',
      'OS-EXT-STS:task_state': 'scheduling',
      'OS-EXT-STS:power_state': 0,
      'OS-EXT-AZ:availability_zone': '',
      'OS-EXT-SRV-ATTR:host': null,
      'OS-SRV-USG:launched_at': null,
    });
    expect(shown.body.server.created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const { rows } = await api.db
      .selectFrom('instances')
      .select(({ fn }) => fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow();
    expect(rows).toBe(0);
    const mapping = await api.db
      .selectFrom('instance_mappings')
      .select('cell')
      .where('instance_uuid', '=', body.server.id)
      .executeTakeFirst();
    expect(mapping).toEqual({ cell: null });
  });

  it('reads any content type as JSON, as curl -d sends it', async () => {
    const body = JSON.stringify({ server: { name: 'curl', imageRef: CIRROS, flavorRef: '1' } });
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/json']) {
      const { status } = await api.call('/v2.1/servers', { method: 'POST', headers: { 'content-type': type }, body });
      expect(status).toBe(202);
      await api.conductor.messages.next();
    }
  });

  it('takes the project in the URL, and says so in the links', async () => {
    const body = { server: { name: 'web', imageRef: CIRROS, flavorRef: 1 } };
    const created = await api.call('/v2.1/blue/servers', { method: 'POST', headers: ANN, body });
    expect(created.body.server.links[0].href).toBe(`${api.url}/v2.1/blue/servers/${created.body.server.id}`);
    const foreign = await api.call('/v2.1/red/servers', { method: 'POST', headers: ANN, body });
    expect(foreign).toMatchObject({ status: 400, body: { badRequest: { code: 400 } } });
    expect((await api.call('/v2.1/red/servers')).status).toBe(200);
    await api.conductor.messages.next();
  });

  it('takes references that are URLs', async () => {
    const { status } = await api.boot({
      imageRef: `http://any/images/${CIRROS}`,
      flavorRef: `${api.url}/v2.1/flavors/2`,
    });
    expect(status).toBe(202);
    const { args } = await api.conductor.messages.next();
    expect(args).toMatchObject({ request_specs: [{ flavor: { name: 'm1.small' } }] });
  });

  it('boots several, numbered, in one message', async () => {
    const before = await api.records();
    const { body } = await api.boot({ name: 'My Web', min_count: 1, max_count: '3', return_reservation_id: true });
    expect(body).toEqual({ reservation_id: expect.stringMatching(/^r-[0-9a-z]{8}$/) });
    const { args } = await api.conductor.messages.next();
    const instances = (args['build_requests'] as { instance: Record<string, unknown> }[]).map(
      ({ instance }) => instance,
    );
    expect(instances.map(({ display_name }) => display_name)).toEqual(['My Web-1', 'My Web-2', 'My Web-3']);
    expect(instances.map(({ hostname }) => hostname)).toEqual(['my-web-1', 'my-web-2', 'my-web-3']);
    expect(instances.map(({ launch_index }) => launch_index)).toEqual([0, 1, 2]);
    expect(new Set(instances.map(({ reservation_id }) => reservation_id))).toEqual(new Set([body.reservation_id]));
    expect(args['request_specs']).toMatchObject([{ num_instances: 3 }, { num_instances: 3 }, { num_instances: 3 }]);
    expect(await api.records()).toEqual(before.map((rows) => rows + 3));
  });

  it('names a host for an administrator', async () => {
    const { status } = await api.boot({ availability_zone: 'anywhere:node7:virt7' });
    expect(status).toBe(202);
    const { args } = await api.conductor.messages.next();
    expect(args).toMatchObject({ request_specs: [{ force_hosts: ['node7'], force_nodes: ['virt7'] }] });
  });

  it('reads kernel and ramdisk, each an image', async () => {
    const [kernel, ramdisk] = ['33333333-3333-4333-8333-333333333333', '44444444-4444-4444-8444-444444444444'];
    api.glance.add(kernel);
    api.glance.add(ramdisk);
    const ami = '55555555-5555-4555-8555-555555555555';
    api.glance.add(ami, { disk_format: 'ami', 'property-kernel_id': kernel, 'property-ramdisk_id': ramdisk });
    await api.boot({ imageRef: ami });
    const { args } = await api.conductor.messages.next();
    expect(args).toMatchObject({ build_requests: [{ instance: { kernel_id: kernel, ramdisk_id: ramdisk } }] });
  });

  it('adds blank disks that were asked for, as large as the flavor allows', async () => {
    await api.db.updateTable('flavors').set({ ephemeral_gb: 5, swap: 64 }).where('flavorid', '=', '2').execute();
    const root = { source_type: 'image', uuid: CIRROS, boot_index: 0, destination_type: 'local' };
    const blank = { source_type: 'blank', destination_type: 'local', volume_size: 2 };
    await api.boot({ flavorRef: '2', block_device_mapping_v2: [root, blank] });
    const { args } = await api.conductor.messages.next();
    expect(args['block_device_mapping']).toMatchObject([
      [
        { source_type: 'image', boot_index: 0 },
        { source_type: 'blank', volume_size: 2, guest_format: null },
        { source_type: 'blank', volume_size: 64, guest_format: 'swap' },
      ],
    ]);
  });
});
