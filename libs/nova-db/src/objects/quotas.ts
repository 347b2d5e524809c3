import { loadConf, novaConf } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { Kysely } from 'kysely';
import type { NovaSchema } from '../db/schema';

/** Instances, processors and memory (MB) of a project. */
export interface InstanceCounts {
  instances: number;
  cores: number;
  ram: number;
}

/** What projects may use and do use. Plays `nova.objects.quotas.Quotas` without limits of single projects or users. */
@Injectable()
export class Quotas {
  /** Section [quota] of nova.conf; a negative number is no limit. */
  readonly limits = loadConf(novaConf).quota;

  constructor(private readonly db: Kysely<NovaSchema>) {}

  /** Counts the instance rows of a project; build requests do not count, hence the second check in the conductor. */
  async count(projectId: string | null): Promise<InstanceCounts> {
    const { instances, cores, ram } = await this.db
      .selectFrom('instances')
      .select(({ fn }) => [
        fn.countAll<number>().as('instances'),
        fn.sum<number | null>('vcpus').as('cores'),
        fn.sum<number | null>('memory_mb').as('ram'),
      ])
      .where('project_id', projectId === null ? 'is' : '=', projectId)
      .where('deleted', '=', 0)
      .executeTakeFirstOrThrow();
    return { instances, cores: cores ?? 0, ram: ram ?? 0 };
  }
}
