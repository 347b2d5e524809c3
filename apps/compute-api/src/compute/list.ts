import { contains } from '@bootlab/database';
import type { Instance } from '@bootlab/nova';
import { BuildRequests, instanceCodec, InstanceFaults, NovaSchema } from '@bootlab/nova-db';
import { novaException, vmStates } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { Kysely } from 'kysely';
import { Server, serverOfBuildRequest } from './server';

/** Which servers a list has; what is undefined does not matter. */
export interface ServerFilters {
  /** Null: servers of no project. */
  projectId?: string | null;
  /** Part of the name. */
  name?: string;
  vmState?: string;
  imageRef?: string;
  /** Id of the flavor's row. */
  flavor?: number;
  host?: string;
  /** What instances of one boot request share. */
  reservationId?: string;
}

export interface Page {
  limit: number;
  /** Uuid of the last server of the page before. */
  marker?: string;
}

type Position = Pick<Instance, 'created_at' | 'uuid'>;

/** Lists servers, the newest first. Plays `API.get_all`. */
@Injectable()
export class ServerList {
  constructor(
    private readonly db: Kysely<NovaSchema>,
    private readonly buildRequests: BuildRequests,
    private readonly faults: InstanceFaults,
  ) {}

  /** @throws MarkerNotFound */
  async list(filters: ServerFilters, page: Page): Promise<Server[]> {
    // Read first: a server that gets its row meanwhile is then seen twice rather than never.
    const waiting = (await this.buildRequests.list(filters.projectId)).map(serverOfBuildRequest);
    const after = page.marker === undefined ? undefined : await this.#position(page.marker, waiting);
    const instances = await this.#instances(filters, page.limit, after);
    const made = new Set(instances.map(({ uuid }) => uuid));
    const fits = ({ instance }: Server) =>
      !made.has(instance.uuid) && matches(filters, instance) && (!after || newestFirst(after, instance) < 0);
    return [...waiting.filter(fits), ...(await this.#withFaults(instances))]
      .sort((left, right) => newestFirst(left.instance, right.instance))
      .slice(0, page.limit);
  }

  async #position(marker: string, waiting: Server[]): Promise<Position> {
    const row = await this.db
      .selectFrom('instances')
      .select(['created_at', 'uuid'])
      .where('uuid', '=', marker)
      .where('deleted', '=', 0)
      .executeTakeFirst();
    const position = row ?? waiting.find(({ instance }) => instance.uuid === marker)?.instance;
    if (!position) throw new novaException.MarkerNotFound({ marker });
    return position;
  }

  async #instances(filters: ServerFilters, limit: number, after: Position | undefined): Promise<Instance[]> {
    let query = this.db.selectFrom('instances').selectAll().where('deleted', '=', 0);
    if (filters.projectId !== undefined)
      query = query.where('project_id', filters.projectId === null ? 'is' : '=', filters.projectId);
    if (filters.vmState !== undefined) query = query.where('vm_state', '=', filters.vmState);
    if (filters.imageRef !== undefined) query = query.where('image_ref', '=', filters.imageRef);
    if (filters.flavor !== undefined) query = query.where('instance_type_id', '=', filters.flavor);
    if (filters.host !== undefined) query = query.where('host', '=', filters.host);
    if (filters.reservationId !== undefined) query = query.where('reservation_id', '=', filters.reservationId);
    if (filters.name !== undefined) {
      const { name } = filters;
      query = query.where((is) => contains(is.ref('display_name'), name));
    }
    if (after) {
      // The first condition says nothing new, but lets the database jump to where the page begins.
      query = query
        .where('created_at', '<=', after.created_at)
        .where(({ eb, and, or }) =>
          or([
            eb('created_at', '<', after.created_at),
            and([eb('created_at', '=', after.created_at), eb('uuid', '<', after.uuid)]),
          ]),
        );
    }
    const rows = await query.orderBy('created_at', 'desc').orderBy('uuid', 'desc').limit(limit).execute();
    return rows.map((row) => instanceCodec.toObject(row));
  }

  async #withFaults(instances: Instance[]): Promise<Server[]> {
    const failed = instances.filter(({ vm_state }) => vm_state === vmStates.ERROR).map(({ uuid }) => uuid);
    const faults = await this.faults.getLatestForInstances(failed);
    return instances.map((instance) => ({ instance, fault: faults.get(instance.uuid) }));
  }
}

/** Negative when `left` comes first in a list. */
function newestFirst(left: Position, right: Position): number {
  if (left.created_at !== right.created_at) return left.created_at < right.created_at ? 1 : -1;
  return left.uuid < right.uuid ? 1 : left.uuid > right.uuid ? -1 : 0;
}

function matches(
  { name, vmState, imageRef, flavor, host, reservationId }: ServerFilters,
  instance: Server['instance'],
): boolean {
  return (
    (name === undefined || instance.display_name.includes(name)) &&
    (vmState === undefined || instance.vm_state === vmState) &&
    (imageRef === undefined || instance.image_ref === imageRef) &&
    (flavor === undefined || instance.instance_type_id === flavor) &&
    (host === undefined || instance.host === host) &&
    (reservationId === undefined || instance.reservation_id === reservationId)
  );
}
