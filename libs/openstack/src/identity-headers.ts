import { generateRequestId, RequestContext } from './context';

type Headers = Record<string, string | string[] | undefined>;

const WELL_FORMED = /^req-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const LONGEST_REQUEST_ID = 64;

function header(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  const text = Array.isArray(value) ? value[0] : value;
  return text === undefined || text === '' ? undefined : text;
}

function identity(headers: Headers): { userId?: string; projectId?: string; roles: string[]; isAdmin: boolean } {
  const userId = header(headers, 'x-user-id');
  const projectId = header(headers, 'x-project-id') ?? header(headers, 'x-tenant-id');
  const named = header(headers, 'x-roles');
  const roles = (named ?? '').split(',').flatMap((role) => role.trim().toLowerCase() || []);
  // Without keystone in the pipeline there is nobody to ask, so a nameless caller is the administrator.
  const nameless = userId === undefined && projectId === undefined && named === undefined;
  return { userId, projectId, roles: nameless ? ['admin'] : roles, isAdmin: nameless || roles.includes('admin') };
}

/**
 * nova's rule for ids: every request gets its own `req-<uuid>`; an inbound one of that form becomes the global id.
 * Plays `nova.api.auth.NovaKeystoneContext` together with `oslo_middleware.request_id`.
 */
export function novaContextFromHeaders(headers: Headers): RequestContext {
  const inbound = header(headers, 'x-openstack-request-id');
  const globalRequestId = inbound !== undefined && WELL_FORMED.test(inbound) ? inbound : undefined;
  return new RequestContext({ ...identity(headers), requestId: generateRequestId(), globalRequestId });
}

/** glance's rule: an inbound id (cut at 64 characters) is the request's own id, and is answered with the `req-` prefix. */
export function glanceContextFromHeaders(headers: Headers): RequestContext {
  const inbound = header(headers, 'x-openstack-request-id')?.slice(0, LONGEST_REQUEST_ID);
  const requestId =
    inbound === undefined ? generateRequestId() : inbound.startsWith('req-') ? inbound : `req-${inbound}`;
  return new RequestContext({ ...identity(headers), requestId });
}

/** The headers with which one service tells the next on whose behalf it asks. */
export function identityHeaders(context: RequestContext): Record<string, string> {
  const headers: Record<string, string> = { 'x-openstack-request-id': context.outgoingRequestId };
  if (context.userId !== undefined) headers['x-user-id'] = context.userId;
  if (context.projectId !== undefined) headers['x-project-id'] = context.projectId;
  if (context.roles.length > 0) headers['x-roles'] = context.roles.join(',');
  return headers;
}
