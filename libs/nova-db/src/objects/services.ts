import { upsert } from '@bootlab/database';
import type { Service, ServiceReport } from '@bootlab/nova';
import { Injectable } from '@nestjs/common';
import { Kysely, sql } from 'kysely';
import { codec, now } from '../db/codec';
import type { NovaSchema } from '../db/schema';

const serviceCodec = codec<Service>({ flags: ['disabled', 'forced_down'] });

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

  /** In the order in which they first reported; of one host or one binary where that is given. */
  async list({ host, binary }: Partial<Pick<Service, 'host' | 'binary'>> = {}): Promise<Service[]> {
    let query = this.db.selectFrom('services').selectAll().orderBy('id');
    if (host !== undefined) query = query.where('host', '=', host);
    if (binary !== undefined) query = query.where('binary', '=', binary);
    return (await query.execute()).map((row) => serviceCodec.toObject(row));
  }
}
