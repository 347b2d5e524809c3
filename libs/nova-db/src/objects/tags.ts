import { Injectable } from '@nestjs/common';
import { Kysely } from 'kysely';
import type { NovaSchema } from '../db/schema';

/** Words users put on instances. */
@Injectable()
export class Tags {
  constructor(private readonly db: Kysely<NovaSchema>) {}

  async create(resourceId: string, tags: string[]): Promise<void> {
    if (tags.length === 0) return;
    const rows = tags.map((tag) => ({ resource_id: resourceId, tag }));
    await this.db.insertInto('tags').values(rows).execute();
  }
}
