import type { Scope, Span } from '@bootlab/trace-model';
import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { LAB_DATABASE, LabDatabase } from './lab-database';

/** Traces that a row is promised to outlive, so that its promise need not be renewed with each write. */
const AHEAD = 1000;
const REMEMBERED = 1000;

interface Origin {
  id: number;
  lastTrace: number;
}

/** Numbers for resource and scope of spans, which many spans share. Rows go once the last trace that may refer to them has. */
@Injectable()
export class Origins {
  readonly #byBody = new Map<string, Origin>();

  constructor(@Inject(LAB_DATABASE) private readonly db: LabDatabase) {}

  /**
   * The origin's number for the scope of each of these spans, whose traces have numbers up to `lastTrace`.
   * Spans with one scope object have one resource too.
   */
  async idsFor(spans: readonly Span[], lastTrace: number): Promise<ReadonlyMap<Scope, number>> {
    if (this.#byBody.size > REMEMBERED) this.#byBody.clear();
    const ids = new Map<Scope, number>();
    for (const { resource, resourceTypes, scope } of spans) {
      if (ids.has(scope)) continue;
      const body = JSON.stringify({ resource, resourceTypes, scope });
      let origin = this.#byBody.get(body);
      if (!origin || origin.lastTrace < lastTrace) {
        origin = await this.#store(body, lastTrace + AHEAD);
        this.#byBody.set(body, origin);
      }
      ids.set(scope, origin.id);
    }
    return ids;
  }

  /** The rows that a trace refers to stay for good. */
  async keep(db: LabDatabase, trace: number): Promise<void> {
    await db
      .updateTable('origins')
      .set({ last_trace: Number.MAX_SAFE_INTEGER })
      .where('id', 'in', (of) => of.selectFrom('spans').select('origin').where('trace', '=', trace))
      .execute();
  }

  async #store(body: string, lastTrace: number): Promise<Origin> {
    const { id } = await this.db
      .insertInto('origins')
      .values({ body, last_trace: lastTrace })
      .onConflict((conflict) =>
        conflict.column('body').doUpdateSet({ last_trace: sql`max(last_trace, excluded.last_trace)` }),
      )
      .returning('id')
      .executeTakeFirstOrThrow();
    return { id, lastTrace };
  }
}
