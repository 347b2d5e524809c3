import { Flavor, RequestSpec, requestSpecFromComponents } from '@bootlab/nova';
import type { HostState } from '@bootlab/nova-db';
import { resourcesOf, selectHosts as select } from './select-hosts';

const flavor = { name: 'f', vcpus: 1, memory_mb: 512, root_gb: 1, ephemeral_gb: 2, swap: 1025 } as Flavor;
const spec = requestSpecFromComponents({
  instance_uuid: 'u',
  project_id: null,
  user_id: null,
  image: {},
  flavor,
  num_instances: 2,
});
const service = { disabled: false, forced_down: false, last_seen_up: new Date().toISOString(), created_at: '' };
const host = (name: string, memory_mb: number, disk_gb = 100, vcpus = 100): HostState => ({
  host: name,
  nodename: name,
  service,
  free: { vcpus, memory_mb, disk_gb },
});
const lists = (hosts: HostState[][]) => hosts.map((list) => list.map((each) => each.host));
const limits = { alternates: 0, serviceDownTime: 60 };
const selectHosts = (wish: RequestSpec, count: number, hosts: HostState[]) => select(wish, count, hosts, limits);
const names = (hosts: HostState[][]) => lists(hosts).flat();

describe('selectHosts', () => {
  it('counts every disk of the flavor, swap in whole GiB', () => {
    expect(resourcesOf(spec)).toEqual({ vcpus: 1, memory_mb: 512, disk_gb: 5 });
  });

  it('takes the host with most free memory, then most free disk, and what the others left of it', () => {
    expect(names(selectHosts(spec, 3, [host('a', 1024), host('b', 1500), host('c', 1024, 200)]))).toEqual([
      'b',
      'c',
      'a',
    ]);
  });

  it.each([
    ['memory', host('a', 511)],
    ['disk', host('a', 512, 4)],
    ['processors', host('a', 512, 5, 0)],
  ])('leaves out a host without the %s', (_, full) => {
    expect(() => selectHosts(spec, 1, [full])).toThrow(
      'There are not enough hosts available for 2 times 1 VCPU, 512 MB',
    );
    expect(names(selectHosts(spec, 1, [full, host('b', 512, 5, 1)]))).toEqual(['b']);
  });

  it('finds a place for all or for none', () => {
    expect(() => selectHosts(spec, 2, [host('a', 1023)])).toThrow('No valid host was found.');
  });

  it('names as many alternates as are wanted, those with most room first, and takes nothing from them', () => {
    const hosts = [host('a', 2000), host('b', 1000), host('c', 1500), host('d', 511)];
    expect(lists(select(spec, 1, hosts, { ...limits, alternates: 1 }))).toEqual([['a', 'c']]);
    expect(lists(select(spec, 2, hosts, { ...limits, alternates: 2 }))).toEqual([
      ['a', 'b', 'c'],
      ['c', 'a', 'b'],
    ]);
  });

  it('leaves out a host that is down, disabled or has not told of itself for too long', () => {
    const hour = new Date(Date.now() - 3_600_000).toISOString();
    const down = [{ disabled: true }, { forced_down: true }, { last_seen_up: hour }].map((how, index) => ({
      ...host(`down${index}`, 9000),
      service: { ...service, ...how },
    }));
    expect(names(selectHosts(spec, 1, [...down, host('up', 600)]))).toEqual(['up']);
    expect(() => selectHosts(spec, 1, down)).toThrow('No compute host is up and enabled');
  });

  it('heeds names and zone', () => {
    const hosts = [host('a', 2000), host('b', 1000)];
    expect(names(selectHosts({ ...spec, force_hosts: ['b'] }, 1, hosts))).toEqual(['b']);
    expect(names(selectHosts({ ...spec, ignore_hosts: ['a'] }, 1, hosts))).toEqual(['b']);
    expect(names(selectHosts({ ...spec, availability_zone: 'nova' }, 1, hosts))).toEqual(['a']);
    expect(() => selectHosts({ ...spec, availability_zone: 'moon' }, 1, hosts)).toThrow('No host has the name');
    expect(() => selectHosts(spec, 1, [])).toThrow('No compute host has registered');
  });
});
