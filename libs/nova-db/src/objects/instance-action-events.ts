import { Hop } from '@bootlab/hop';
import { novaException, RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { Kysely } from 'kysely';
import { now } from '../db/codec';
import type { NovaSchema } from '../db/schema';

/** Why an event failed. */
export interface EventFailure {
  message: string;
  traceback: string;
}

/** The steps of instance actions. */
@Injectable()
export class InstanceActionEvents {
  constructor(private readonly db: Kysely<NovaSchema>) {}

  /** @throws InstanceActionNotFound when this request has started no action on the instance */
  @Hop('nova.objects.instance_action.InstanceActionEvent.event_start', {
    in: (_: RequestContext, uuid: string, event: string) => ({ 'instance.uuid': uuid, 'instance.event': event }),
  })
  async eventStart(context: RequestContext, uuid: string, event: string, host: string | null): Promise<void> {
    const at = now();
    const action = this.#action(context, uuid).select((row) => [
      row.val(event).as('event'),
      row.ref('id').as('action_id'),
      row.val(at).as('start_time'),
      row.val(at).as('created_at'),
      row.val(host).as('host'),
    ]);
    const { numInsertedOrUpdatedRows } = await this.db
      .insertInto('instance_actions_events')
      .columns(['event', 'action_id', 'start_time', 'created_at', 'host'])
      .expression(action)
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n) this.#actionNotFound(context, uuid);
  }

  /** @throws InstanceActionNotFound when the event was not started by this request */
  @Hop('nova.objects.instance_action.InstanceActionEvent.event_finish_with_failure', {
    in: (_: RequestContext, uuid: string, event: string, failure?: EventFailure) => ({
      'instance.uuid': uuid,
      'instance.event': event,
      'instance.event_result': failure ? 'Error' : 'Success',
    }),
  })
  async eventFinishWithFailure(
    context: RequestContext,
    uuid: string,
    event: string,
    failure?: EventFailure,
  ): Promise<void> {
    const at = now();
    const { numUpdatedRows } = await this.db
      .updateTable('instance_actions_events')
      .set({
        finish_time: at,
        updated_at: at,
        result: failure ? 'Error' : 'Success',
        traceback: failure?.traceback ?? null,
      })
      .where('event', '=', event)
      .where('action_id', '=', this.#action(context, uuid).select('id'))
      .executeTakeFirst();
    if (numUpdatedRows === 0n) this.#actionNotFound(context, uuid);
    if (!failure) return;
    await this.db
      .updateTable('instance_actions')
      .set({ message: 'Error', updated_at: at })
      // Without these two, MariaDB looks at every action that there is.
      .where('instance_uuid', '=', uuid)
      .where('request_id', '=', context.requestId)
      .where('id', '=', (query) =>
        // MySQL refuses to read the table that it writes, but for a derived one.
        query.selectFrom(this.#action(context, uuid).select('id').as('latest')).select('latest.id'),
      )
      .execute();
  }

  /** The latest action of this request on the instance. */
  #action({ requestId }: RequestContext, uuid: string) {
    return this.db
      .selectFrom('instance_actions')
      .where('instance_uuid', '=', uuid)
      .where('request_id', '=', requestId)
      .orderBy('id', 'desc')
      .limit(1);
  }

  #actionNotFound({ requestId }: RequestContext, uuid: string): never {
    throw new novaException.InstanceActionNotFound({ request_id: requestId, instance_uuid: uuid });
  }
}
