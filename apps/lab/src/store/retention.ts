import { Inject, Injectable } from '@nestjs/common';
import { LAB_OPTIONS, LabOptions } from '../lab-options';
import type { LabDatabase } from './lab-database';
import { blockOf } from './tag-hash';

/** Keeps the store within its bound. */
@Injectable()
export class Retention {
  #firstBlock = 0;

  constructor(@Inject(LAB_OPTIONS) private readonly options: LabOptions) {}

  /**
   * Drops the traces that were first heard of longest ago, when `stored` are more than allowed; gives how many went. Traces
   * that are kept for good do not count and stay.
   */
  async drop(db: LabDatabase, stored: number): Promise<number> {
    const excess = stored - this.options.maxTraces;
    if (excess <= 0) return 0;
    const { number: last } = await db
      .selectFrom('traces')
      .select('number')
      .where('kept', '=', 0)
      .orderBy('number')
      .offset(excess - 1)
      .limit(1)
      .executeTakeFirstOrThrow();
    const kept = db.selectFrom('traces').select('number').where('kept', '=', 1);
    await db.deleteFrom('spans').where('trace', '<=', last).where('trace', 'not in', kept).execute();
    await db.deleteFrom('traces').where('number', '<=', last).where('kept', '=', 0).execute();
    await db.deleteFrom('origins').where('last_trace', '<=', last).execute();
    const block = blockOf(last);
    // Tags go a block at a time, since the traces of one are spread over all of it.
    if (block > this.#firstBlock)
      await db.deleteFrom('tags').where('block', '<', block).where('trace', 'not in', kept).execute();
    this.#firstBlock = block;
    return excess;
  }
}
