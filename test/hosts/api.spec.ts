import { ComputeNodes, Services } from '@bootlab/nova-db';
import { OwnApi, startOwnApi } from '../compute-api/support/api';

const nobody = { 'x-user-id': 'u', 'x-project-id': 'p', 'x-roles': 'member' };

describe('the compute API about hosts', () => {
  let api: OwnApi;

  beforeAll(async () => {
    api = await startOwnApi();
    const services = new Services(api.db);
    await services.report({ host: 'a', binary: 'nova-conductor', topic: 'conductor', version: 30 });
    const { id } = await services.report({ host: 'a', binary: 'nova-compute', topic: 'compute', version: 30 });
    await services.report({ host: 'b', binary: 'nova-compute', topic: 'compute', version: 30 });
    const hour = new Date(Date.now() - 3_600_000).toISOString();
    await api.db
      .updateTable('services')
      .set({ updated_at: hour, last_seen_up: hour })
      .where('host', '=', 'b')
      .execute();
    await new ComputeNodes(api.db).report({
      uuid: '2d3ecbb4-ed1b-4b1a-9a1f-1c3c1a7c9f11',
      service_id: id,
      host: 'a',
      hypervisor_hostname: 'a',
      hypervisor_type: 'simulated',
      vcpus: 4,
      memory_mb: 4096,
      local_gb: 40,
      reserved_memory_mb: 512,
      cpu_allocation_ratio: 16,
      ram_allocation_ratio: 1.5,
      disk_allocation_ratio: 1,
    });
    const claim = { consumer_uuid: '6f1a5d8e-2c1b-4ab0-a9a8-0d7a5a4b5c21', host: 'a' };
    await api.db
      .insertInto('allocations')
      .values({ ...claim, vcpus: 1, memory_mb: 512, disk_gb: 1 })
      .execute();
  });
  afterAll(() => api.close());

  it('lists the services with what nova knows of them', async () => {
    const { status, body } = await api.call('/v2.1/os-services');
    expect(status).toBe(200);
    expect(body.services).toEqual([
      {
        id: expect.any(Number),
        binary: 'nova-conductor',
        host: 'a',
        zone: 'internal',
        status: 'enabled',
        state: 'up',
        updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/),
        disabled_reason: null,
      },
      expect.objectContaining({ binary: 'nova-compute', host: 'a', zone: 'nova', state: 'up' }),
      expect.objectContaining({ binary: 'nova-compute', host: 'b', zone: 'nova', state: 'down' }),
    ]);
  });

  it('narrows the list by host and binary', async () => {
    const { body } = await api.call('/v2.1/os-services?host=a&binary=nova-compute');
    expect(body.services).toMatchObject([{ binary: 'nova-compute', host: 'a' }]);
  });

  it('tells what is free of each compute host', async () => {
    const { body } = await api.call('/v2.1/os-hypervisors/detail');
    expect(body.hypervisors).toMatchObject([
      {
        hypervisor_hostname: 'a',
        state: 'up',
        status: 'enabled',
        vcpus: 4,
        vcpus_used: 1,
        memory_mb: 4096,
        memory_mb_used: 1024,
        free_ram_mb: 3072,
        local_gb: 40,
        local_gb_used: 1,
        free_disk_gb: 39,
        running_vms: 1,
        service: { host: 'a' },
      },
    ]);
  });

  it.each(['/v2.1/os-services', '/v2.1/os-hypervisors/detail'])('shows %s to administrators only', async (path) => {
    expect((await api.call(path, { headers: nobody })).status).toBe(403);
  });
});
