import { inTransaction, lockRows } from '@bootlab/database';
import type { Service } from '@bootlab/nova';
import { Injectable } from '@nestjs/common';
import { Kysely } from 'kysely';
import type { NovaSchema } from '../db/schema';

/** What one instance takes of its host: memory in MB, disk in GiB. */
export interface Resources {
  vcpus: number;
  memory_mb: number;
  disk_gb: number;
}

/** A host, what is known of its service, and what of it is free. */
export interface HostState {
  host: string;
  nodename: string;
  service: Pick<Service, 'disabled' | 'forced_down' | 'last_seen_up' | 'created_at'>;
  free: Resources;
}

function room(total: number, reserved: number, ratio: number, taken: number | null): number {
  return Math.floor((total - reserved) * ratio) - (taken ?? 0);
}

/** Who has claimed how much of which host. Stands where a cloud has placement. */
@Injectable()
export class Allocations {
  constructor(private readonly db: Kysely<NovaSchema>) {}

  /** Every compute host with what is free of it, whether it is up or not. @param db the transaction to read in */
  async hostStates(db: Kysely<NovaSchema> = this.db): Promise<HostState[]> {
    const taken = db
      .selectFrom('allocations')
      .select(({ fn }) => [
        'allocations.host as taken_host',
        fn.sum<number>('vcpus').as('vcpus_taken'),
        fn.sum<number>('memory_mb').as('memory_taken'),
        fn.sum<number>('disk_gb').as('disk_taken'),
      ])
      .groupBy('allocations.host');
    const rows = await db
      .selectFrom('compute_nodes')
      .innerJoin('services', 'services.id', 'compute_nodes.service_id')
      .leftJoin(taken.as('taken'), 'taken_host', 'compute_nodes.host')
      .select([
        'compute_nodes.host',
        'hypervisor_hostname',
        'compute_nodes.vcpus',
        'compute_nodes.memory_mb',
        'local_gb',
        'reserved_memory_mb',
        'cpu_allocation_ratio',
        'ram_allocation_ratio',
        'disk_allocation_ratio',
        'vcpus_taken',
        'memory_taken',
        'disk_taken',
        'disabled',
        'forced_down',
        'last_seen_up',
        'services.created_at',
      ])
      .orderBy('compute_nodes.host')
      .execute();
    return rows.map((row) => ({
      host: row.host,
      nodename: row.hypervisor_hostname,
      service: {
        disabled: row.disabled !== 0,
        forced_down: row.forced_down !== 0,
        last_seen_up: row.last_seen_up,
        created_at: row.created_at,
      },
      free: {
        vcpus: room(row.vcpus, 0, row.cpu_allocation_ratio, row.vcpus_taken),
        memory_mb: room(row.memory_mb, row.reserved_memory_mb, row.ram_allocation_ratio, row.memory_taken),
        disk_gb: room(row.local_gb, 0, row.disk_allocation_ratio, row.disk_taken),
      },
    }));
  }

  /**
   * Lets `choose` pick hosts for each instance, and claims the first of them, so that nobody else gets it meanwhile. An instance
   * that has claimed a host already, because its request comes a second time, keeps that one. When `choose` throws, nothing
   * changes.
   * @param choose for each instance in order the hosts to try, the first one first
   */
  async claim(
    uuids: string[],
    resources: Resources,
    choose: (hosts: HostState[]) => HostState[][],
  ): Promise<HostState[][]> {
    return inTransaction(this.db, async (db) => {
      await lockRows(db, db.selectFrom('compute_nodes').select('id').orderBy('id'));
      const claimed = await db.selectFrom('allocations').selectAll().where('consumer_uuid', 'in', uuids).execute();
      await db.deleteFrom('allocations').where('consumer_uuid', 'in', uuids).execute();
      const hosts = await this.hostStates(db);
      const chosen = choose(hosts).map((picked, index) => {
        const before = claimed.find(({ consumer_uuid }) => consumer_uuid === uuids[index])?.host;
        const kept = hosts.find(({ host }) => host === before);
        return kept ? [kept, ...picked.filter(({ host }) => host !== before)] : picked;
      });
      const rows = uuids.map((consumer_uuid, index) => ({
        consumer_uuid,
        host: chosen[index]![0]!.host,
        ...resources,
      }));
      await db.insertInto('allocations').values(rows).execute();
      return chosen;
    });
  }

  /** Gives back what was claimed for instances that nobody asks for any more, because a crash has cut their request off. */
  async deleteOrphans(): Promise<void> {
    await this.db
      .deleteFrom('allocations')
      .where('consumer_uuid', 'not in', (query) =>
        query.selectFrom('instances').select('uuid').where('deleted', '=', 0),
      )
      .where('consumer_uuid', 'not in', (query) => query.selectFrom('build_requests').select('instance_uuid'))
      .execute();
  }

  /** Gives back what the instance has claimed; nothing happens when it has no claim. */
  async delete(instanceUuid: string): Promise<void> {
    await this.db.deleteFrom('allocations').where('consumer_uuid', '=', instanceUuid).execute();
  }
}
