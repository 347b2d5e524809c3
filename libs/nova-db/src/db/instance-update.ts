import { hop } from '@bootlab/hop';
import type { ExpectedStates, Instance } from '@bootlab/nova';
import { novaException } from '@bootlab/openstack';
import type { Kysely } from 'kysely';
import { now } from './codec';
import { instanceCodec } from './instance-codec';
import type { NovaSchema } from './schema';

type State = keyof ExpectedStates;

function listed(states: readonly (string | null)[]): string {
  return states.map((state) => state ?? 'None').join(', ');
}

/** Says why the update matched no row. */
async function conflict(db: Kysely<NovaSchema>, uuid: string, expected: ExpectedStates): Promise<Error> {
  const actual = await db
    .selectFrom('instances')
    .select(['vm_state', 'task_state'])
    .where('uuid', '=', uuid)
    .where('deleted', '=', 0)
    .executeTakeFirst();
  if (!actual) return new novaException.InstanceNotFound({ instance_id: uuid });
  const wrong = (['task_state', 'vm_state'] as const).find(
    (state: State) => expected[state] !== undefined && !expected[state].includes(actual[state]),
  );
  const kwargs = {
    instance_uuid: uuid,
    expected: wrong === undefined ? 'the states it had' : `${wrong} ${listed(expected[wrong] ?? [])}`,
    actual: wrong === undefined ? 'others for a moment' : (actual[wrong] ?? 'None'),
  };
  if (wrong === 'vm_state') return new novaException.UnexpectedVMStateError(kwargs);
  if (actual.task_state === 'deleting') return new novaException.UnexpectedDeletingTaskStateError(kwargs);
  return new novaException.UnexpectedTaskStateError(kwargs);
}

/**
 * Writes `changes` to a row that is in the expected states, compared and swapped in one statement. Gives what was written.
 * @throws InstanceNotFound, UnexpectedTaskStateError, UnexpectedDeletingTaskStateError, UnexpectedVMStateError
 */
export const instanceUpdate = hop(
  'nova.db.sqlalchemy.api._instance_update',
  async function instanceUpdate(
    db: Kysely<NovaSchema>,
    uuid: string,
    changes: Partial<Instance>,
    expected: ExpectedStates,
  ): Promise<Partial<Instance>> {
    const written = { ...changes, updated_at: now() };
    let update = db
      .updateTable('instances')
      .set(instanceCodec.toRow(written))
      .where('uuid', '=', uuid)
      .where('deleted', '=', 0);
    for (const state of ['vm_state', 'task_state'] as const) {
      const allowed = expected[state];
      if (allowed === undefined) continue;
      const named = allowed.filter((value) => value !== null);
      update = update.where((where) =>
        where.or([
          ...(named.length > 0 ? [where(state, 'in', named)] : []),
          ...(allowed.includes(null) ? [where(state, 'is', null)] : []),
        ]),
      );
    }
    const { numUpdatedRows } = await update.executeTakeFirst();
    if (numUpdatedRows === 0n) throw await conflict(db, uuid, expected);
    return written;
  },
  {
    in: (_db, uuid, _changes, { vm_state, task_state }) => ({
      'instance.uuid': uuid,
      ...(vm_state ? { 'instance.expected_vm_state': listed(vm_state) } : {}),
      ...(task_state ? { 'instance.expected_task_state': listed(task_state) } : {}),
    }),
  },
);
