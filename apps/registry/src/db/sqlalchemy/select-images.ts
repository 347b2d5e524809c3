import { hop } from '@bootlab/hop';
import type { RequestContext } from '@bootlab/openstack';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Condition } from './conditions';
import type { GlanceDb, Tables } from './models';

type ImageExpressions = ExpressionBuilder<Tables, 'images'>;

/** Images that fit the conditions: public ones, own ones and those shared with the caller; for an administrator all. */
export const selectImagesQuery = hop(
  'glance.db.sqlalchemy.api._select_images_query',
  function selectImagesQuery(db: GlanceDb, context: RequestContext, conditions: Condition[], adminAsUser: boolean) {
    const owner = context.projectId;
    const query = db
      .selectFrom('images')
      .selectAll('images')
      .where((is) => is.and(conditions.map((condition) => condition(is))))
      .where((is) => notOthersCommunity(is, owner));
    if (context.isAdmin && !adminAsUser) return query;
    return query.where((is) =>
      is.or([
        is('visibility', 'in', ['public', 'community']),
        ...(owner === undefined ? [] : [is('owner', '=', owner), sharedWith(is, owner)]),
      ]),
    );
  },
);

/** Community images can be used by all and listed by their owner. */
function notOthersCommunity(is: ImageExpressions, owner: string | undefined): Expression<SqlBool> {
  const notCommunity = is('visibility', '!=', 'community');
  return owner === undefined ? notCommunity : is.or([notCommunity, is('owner', '=', owner)]);
}

function sharedWith(is: ImageExpressions, member: string): Expression<SqlBool> {
  return is.and([
    is('visibility', '=', 'shared'),
    is(
      'id',
      'in',
      is
        .selectFrom('image_members')
        .select('image_members.image_id')
        .where('image_members.member', '=', member)
        .where('image_members.deleted', '=', 0),
    ),
  ]);
}
