import { glanceContextFromHeaders, identityHeaders, novaContextFromHeaders, RequestContext } from '.';

const INBOUND = 'req-0b7f8d4e-6f0c-4a53-8d0b-0a3c8f5c1d2e';

describe('request context from headers', () => {
  it('makes a nameless caller the administrator', () => {
    expect(novaContextFromHeaders({})).toMatchObject({ isAdmin: true, roles: ['admin'] });
  });

  it('takes user, project and roles, and only the admin role makes an administrator', () => {
    const context = glanceContextFromHeaders({ 'x-user-id': 'u', 'x-project-id': 'p', 'x-roles': 'Member, reader' });
    expect(context).toMatchObject({ userId: 'u', projectId: 'p', roles: ['member', 'reader'], isAdmin: false });
    expect(glanceContextFromHeaders({ 'x-user-id': 'u', 'x-roles': 'admin' }).isAdmin).toBe(true);
  });

  it("keeps nova's own id beside a well-formed global one, and drops a malformed one", () => {
    const context = novaContextFromHeaders({ 'x-openstack-request-id': INBOUND });
    expect(context.globalRequestId).toBe(INBOUND);
    expect(context.requestId).not.toBe(INBOUND);
    expect(novaContextFromHeaders({ 'x-openstack-request-id': 'nonsense' }).globalRequestId).toBeUndefined();
  });

  it("makes an inbound id glance's own, with prefix and at most 64 characters of it", () => {
    expect(glanceContextFromHeaders({ 'x-openstack-request-id': INBOUND }).requestId).toBe(INBOUND);
    expect(glanceContextFromHeaders({ 'x-openstack-request-id': 'mine' }).requestId).toBe('req-mine');
    expect(glanceContextFromHeaders({ 'x-openstack-request-id': 'x'.repeat(99) }).requestId).toHaveLength(68);
  });

  it('sends the global id on', () => {
    const context = new RequestContext({
      requestId: 'req-own',
      globalRequestId: INBOUND,
      userId: 'u',
      roles: ['a', 'b'],
    });
    expect(identityHeaders(context)).toEqual({ 'x-openstack-request-id': INBOUND, 'x-user-id': 'u', 'x-roles': 'a,b' });
  });
});
