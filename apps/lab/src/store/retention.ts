import { Inject, Injectable } from '@nestjs/common';
import { LAB_OPTIONS, LabOptions } from '../lab-options';
import type { LabDatabase } from './lab-database';

/** Keeps the store within its bound. */
@Injectable()
export class Retention {
  constructor(@Inject(LAB_OPTIONS) private readonly options: LabOptions) {}

  /** Drops the traces that were first heard of longest ago, when there are more than allowed; gives how many went. */
  async drop(db: LabDatabase, stored: number): Promise<number> {
    const excess = stored - this.options.maxTraces;
    if (excess <= 0) return 0;
    const { number: last } = await db
      .selectFrom('traces')
      .select('number')
      .orderBy('number')
      .offset(excess - 1)
      .limit(1)
      .executeTakeFirstOrThrow();
    await db.deleteFrom('spans').where('trace', '<=', last).execute();
    await db.deleteFrom('traces').where('number', '<=', last).execute();
    await db.deleteFrom('origins').where('last_trace', '<=', last).execute();
    return excess;
  }
}
