import { upsert } from '@bootlab/database';
import { Injectable } from '@nestjs/common';
import { Kysely } from 'kysely';
import { now } from '../db/codec';
import type { NovaSchema } from '../db/schema';
import type { ComputeNode } from './compute-node';

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
}
