import { Hop } from '@bootlab/hop';
import { RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { Kysely } from 'kysely';
import { now } from '../db/codec';
import type { NovaSchema } from '../db/schema';

/** What a user does to an instance. Values are those of `nova.compute.instance_actions`. */
export const instanceActions = { CREATE: 'create', DELETE: 'delete' } as const;
export type InstanceActionName = (typeof instanceActions)[keyof typeof instanceActions];

/** The history of what was asked of instances. */
@Injectable()
export class InstanceActions {
  constructor(private readonly db: Kysely<NovaSchema>) {}

  @Hop('nova.objects.instance_action.InstanceAction.action_start', {
    in: (_: RequestContext, uuid: string, action: InstanceActionName) => ({
      'instance.uuid': uuid,
      'instance.action': action,
    }),
  })
  async actionStart(context: RequestContext, uuid: string, action: InstanceActionName): Promise<void> {
    const at = now();
    await this.db
      .insertInto('instance_actions')
      .values({
        action,
        instance_uuid: uuid,
        request_id: context.requestId,
        user_id: context.userId ?? null,
        project_id: context.projectId ?? null,
        start_time: at,
        created_at: at,
      })
      .execute();
  }
}
