import { novaException, RequestContext } from '@bootlab/openstack';
import { Policy } from './policy';

const admin = new RequestContext({ userId: 'root', projectId: 'green', roles: ['admin'] });
const member = new RequestContext({ userId: 'ann', projectId: 'blue', roles: ['member'] });

describe('Policy', () => {
  it('lets an administrator do everything, and owners what is theirs', () => {
    const policy = new Policy();
    expect(policy.can(admin, 'os_compute_api:servers:create:forced_host')).toBe(true);
    expect(policy.can(member, 'os_compute_api:servers:create:forced_host')).toBe(false);
    expect(policy.can(member, 'os_compute_api:servers:create')).toBe(true);
    expect(policy.can(member, 'os_compute_api:servers:create', 'red')).toBe(false);
  });

  it('takes rules other than the defaults', () => {
    const policy = new Policy({ 'os_compute_api:servers:create:zero_disk_flavor': 'admin' });
    expect(policy.can(member, 'os_compute_api:servers:create:zero_disk_flavor')).toBe(false);
  });

  it('names what it refuses', () => {
    const enforce = () => new Policy().enforce(member, 'os_compute_api:servers:index:get_all_tenants');
    expect(enforce).toThrow(novaException.PolicyNotAuthorized);
    expect(enforce).toThrow('os_compute_api:servers:index:get_all_tenants');
  });
});
