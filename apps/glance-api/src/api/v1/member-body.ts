import { HttpException } from '@bootlab/openstack';

/** `{"memberships": […]}` → the list, whose items the registry checks. Throws a 400 for another body. */
export function membershipsOf(body: unknown): unknown[] {
  const { memberships } = (body ?? {}) as { memberships?: unknown };
  if (Array.isArray(memberships)) return memberships;
  throw new HttpException(400, 'The body must be {"memberships": [{"member_id": …, "can_share": …}]}.');
}

/** `{"member": {"can_share": …}}`; undefined without a body. Throws a 400 for another body. */
export function canShareOf(body: unknown): boolean | undefined {
  if (body === undefined || body === null) return undefined;
  const { member } = body as { member?: { can_share?: unknown } };
  if (member?.can_share === undefined) throw new HttpException(400, 'The body must be {"member": {"can_share": …}}.');
  return Boolean(member.can_share);
}
