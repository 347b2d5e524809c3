import { HttpException } from '@bootlab/openstack';

const MEMBERSHIPS = 'The body must be {"memberships": [{"member_id": …, "can_share": …}]}.';

/** Projects and whether they may pass an image on, where the body says so. Throws a 400 for another body. */
export function sentMemberships(body: unknown): Map<string, boolean | undefined> {
  const { memberships } = (body ?? {}) as { memberships?: unknown };
  if (!Array.isArray(memberships)) throw new HttpException(400, MEMBERSHIPS);
  return new Map(
    memberships.map((item: unknown) => {
      const { member_id: member, can_share: canShare } = (item ?? {}) as { member_id?: unknown; can_share?: unknown };
      if (typeof member !== 'string' || member === '' || member.length > 255) throw new HttpException(400, MEMBERSHIPS);
      return [member, canShare === undefined ? undefined : Boolean(canShare)];
    }),
  );
}

/** `{"member": {"can_share": …}}`; undefined without a body. Throws a 400 for another body. */
export function sentMember(body: unknown): boolean | undefined {
  if (body === undefined || body === null) return undefined;
  const { member } = body as { member?: { can_share?: unknown } };
  if (member?.can_share === undefined) throw new HttpException(400, 'The body must be {"member": {"can_share": …}}.');
  return Boolean(member.can_share);
}
