import { upsert } from '@bootlab/database';
import type { ComputeNode } from '@bootlab/nova';
import { Injectable } from '@nestjs/common';
import { Kysely } from 'kysely';
import { now } from '../db/codec';
import type { NovaSchema } from '../db/schema';

/** A compute host with what instances have claimed of it: memory in MB, disk in GiB. */
export interface ComputeNodeUsage extends ComputeNode {
  running_vms: number;
  vcpus_used: number;
  memory_mb_used: number;
  local_gb_used: number;
}

/** The compute hosts' capacities. */
@Injectable()
export class ComputeNodes {
  constructor(private readonly db: Kysely<NovaSchema>) {}

  /** Makes the node's row, or brings it up to date; a node keeps its first uuid. */
  async report(node: Omit<ComputeNode, 'id'>): Promise<void> {
    const { uuid, ...changes } = node;
    const at = now();
    const row = { ...changes, uuid, created_at: at };
    await upsert(this.db, 'compute_nodes', row, ['host', 'hypervisor_hostname'], { ...changes, updated_at: at });
  }

  /** Every host in the order in which they registered. What a host keeps for itself counts as used. */
  async usage(): Promise<ComputeNodeUsage[]> {
    const claims = await this.db
      .selectFrom('allocations')
      .select(({ fn }) => [
        'host',
        fn.countAll<number>().as('count'),
        fn.sum<number>('vcpus').as('vcpus'),
        fn.sum<number>('memory_mb').as('memory'),
        fn.sum<number>('disk_gb').as('disk'),
      ])
      .groupBy('host')
      .execute();
    const byHost = new Map(claims.map((claim) => [claim.host, claim]));
    const nodes = await this.db.selectFrom('compute_nodes').selectAll().orderBy('id').execute();
    return nodes.map((node) => {
      const { count = 0, vcpus = 0, memory = 0, disk = 0 } = byHost.get(node.host) ?? {};
      return {
        ...node,
        running_vms: Number(count),
        vcpus_used: Number(vcpus),
        memory_mb_used: node.reserved_memory_mb + Number(memory),
        local_gb_used: Number(disk),
      };
    });
  }
}
