import { inTransaction, insertForId } from '@bootlab/database';
import { Hop } from '@bootlab/hop';
import { ExpectedStates, Instance, NewInstance, StateUpdates } from '@bootlab/nova';
import { loadConf, novaConf, novaException } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { Kysely, Transaction } from 'kysely';
import { hostname } from 'node:os';
import { now } from '../db/codec';
import { instanceCodec } from '../db/instance-codec';
import { instanceUpdate } from '../db/instance-update';
import type { NovaSchema } from '../db/schema';

function states({ vm_state, task_state, host }: Partial<Instance>) {
  return {
    ...(vm_state === undefined ? {} : { 'instance.vm_state': vm_state ?? 'None' }),
    ...(task_state === undefined ? {} : { 'instance.task_state': task_state ?? 'None' }),
    ...(host === undefined ? {} : { 'instance.host': host ?? 'None' }),
  };
}

/** The instances in nova's database. */
@Injectable()
export class Instances {
  readonly #host = loadConf(novaConf).DEFAULT.host ?? hostname();

  constructor(
    private readonly db: Kysely<NovaSchema>,
    private readonly updates: StateUpdates,
  ) {}

  @Hop('nova.objects.instance.Instance.create', {
    in: (instance: NewInstance) => ({ 'instance.uuid': instance.uuid, ...states(instance) }),
  })
  async create(instance: NewInstance): Promise<Instance> {
    const row = { ...instance, created_at: now(), updated_at: null, deleted: 0, deleted_at: null };
    const insert = this.db.insertInto('instances').values(instanceCodec.toRow(row) as never);
    const id = await insertForId(this.db, insert);
    return { ...row, id };
  }

  /**
   * Writes the changed fields and gives them back with `updated_at`.
   * @throws InstanceNotFound, UnexpectedTaskStateError, UnexpectedDeletingTaskStateError, UnexpectedVMStateError
   */
  @Hop('nova.objects.instance.Instance.save', {
    in: (uuid: string, changes: Partial<Instance>) => ({ 'instance.uuid': uuid, ...states(changes) }),
  })
  async save(uuid: string, changes: Partial<Instance>, expected: ExpectedStates = {}): Promise<Partial<Instance>> {
    if (!this.updates.wanted) return instanceUpdate(this.db, uuid, changes, expected);
    const { host, ...before } = await this.getByUuid(uuid);
    const written = await instanceUpdate(this.db, uuid, changes, expected);
    this.updates.sendUpdate(uuid, before, { ...before, ...written }, `compute.${written.host ?? host ?? this.#host}`);
    return written;
  }

  /** @throws InstanceNotFound */
  async getByUuid(uuid: string): Promise<Instance> {
    const row = await this.#all().where('uuid', '=', uuid).executeTakeFirst();
    if (!row) throw new novaException.InstanceNotFound({ instance_id: uuid });
    return instanceCodec.toObject(row);
  }

  /** Those whose host this is. */
  async getByHost(host: string): Promise<Instance[]> {
    const rows = await this.#all().where('host', '=', host).execute();
    return rows.map((row) => instanceCodec.toObject(row));
  }

  /** Those that are claimed for this host and not on it yet. */
  async getOnTheWay(host: string): Promise<Instance[]> {
    const claimed = this.db.selectFrom('allocations').select('consumer_uuid').where('host', '=', host);
    const rows = await this.#all()
      .where('uuid', 'in', claimed)
      .where((where) => where.or([where('host', 'is', null), where('host', '!=', host)]))
      .execute();
    return rows.map((row) => instanceCodec.toObject(row));
  }

  /**
   * Marks the instance and its disks as deleted and gives back what it had claimed.
   * @throws InstanceNotFound when it is deleted already
   */
  async destroy(uuid: string): Promise<void> {
    if (await this.destroyIfThere(uuid)) return;
    throw new novaException.InstanceNotFound({ instance_id: uuid });
  }

  /** As {@link destroy}, but says whether it was there at all. @param session the transaction to write in */
  async destroyIfThere(uuid: string, session?: Transaction<NovaSchema>): Promise<boolean> {
    return session ? markDeleted(session, uuid) : inTransaction(this.db, (own) => markDeleted(own, uuid));
  }

  #all() {
    return this.db.selectFrom('instances').selectAll().where('deleted', '=', 0);
  }
}

async function markDeleted(session: Transaction<NovaSchema>, uuid: string): Promise<boolean> {
  const deleted_at = now();
  const { numUpdatedRows } = await session
    .updateTable('instances')
    .set(({ ref }) => ({ deleted: ref('id'), deleted_at }))
    .where('uuid', '=', uuid)
    .where('deleted', '=', 0)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await session
    .updateTable('block_device_mapping')
    .set(({ ref }) => ({ deleted: ref('id'), deleted_at }))
    .where('instance_uuid', '=', uuid)
    .execute();
  await session.deleteFrom('tags').where('resource_id', '=', uuid).execute();
  await session.deleteFrom('allocations').where('consumer_uuid', '=', uuid).execute();
  return true;
}
