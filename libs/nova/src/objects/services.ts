import { upsert } from '@bootlab/database';
import { Injectable } from '@nestjs/common';
import { Kysely, sql } from 'kysely';
import { now } from '../db/codec';
import type { NovaSchema } from '../db/schema';

/** A process of nova that says it is there. */
export interface ServiceReport {
  host: string;
  binary: string;
  topic: string;
  version: number;
}

/** The processes of nova. */
@Injectable()
export class Services {
  constructor(private readonly db: Kysely<NovaSchema>) {}

  /** Makes the service's row, or counts the report in the row it has. Gives the row's id. */
  async report({ host, binary, topic, version }: ServiceReport): Promise<{ id: number }> {
    const at = now();
    const row = { host, binary, topic, version, disabled: 0, report_count: 1, last_seen_up: at, created_at: at };
    await upsert(this.db, 'services', row, ['host', 'binary'], {
      topic,
      version,
      report_count: sql`${sql.ref('services.report_count')} + 1`,
      last_seen_up: at,
      updated_at: at,
    });
    return this.db
      .selectFrom('services')
      .select('id')
      .where('host', '=', host)
      .where('binary', '=', binary)
      .executeTakeFirstOrThrow();
  }
}
