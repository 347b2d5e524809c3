import type { Span } from '@bootlab/trace-model';
import { Inject, Injectable, OnModuleInit } from '@nestjs/common';
import { CompiledQuery } from 'kysely';
import { indexStored } from './index-stored';
import { LAB_DATABASE, LabDatabase } from './lab-database';
import { addTags, insertTags, TagHashes } from './tag-hash';

/** Spans whose tags wait: a search looks through the traces of all of them. */
const MOST_WAITING = 5000;

const SETTLE = `
  update traces set untagged = 0 where number in (select value from json_each(?)) returning number`;

/**
 * Writes what traces are tagged with, many spans at once: the rows of one span lie far apart, so those of each request would
 * have most pages of the table written anew. Until then their traces are marked as untagged, also over a restart.
 */
@Injectable()
export class Tags implements OnModuleInit {
  readonly #waiting: TagHashes = new Map();
  #spans = 0;

  constructor(@Inject(LAB_DATABASE) private readonly db: LabDatabase) {}

  /** Catches up on what waited when the lab ended. */
  async onModuleInit(): Promise<void> {
    await this.db.transaction().execute(async (db) => {
      const traces = await db.selectFrom('traces').select('number').where('untagged', '=', 1).execute();
      for (const { number } of traces) await indexStored(db, number);
      await db.updateTable('traces').set({ untagged: 0 }).where('untagged', '=', 1).execute();
    });
  }

  /** Takes spans that are stored, and writes what has gathered when it is enough. One call at a time. */
  async add(spans: readonly Span[], traces: ReadonlyMap<string, number>): Promise<void> {
    addTags(this.#waiting, spans, traces);
    this.#spans += spans.length;
    if (this.#spans < MOST_WAITING) return;
    await this.db.transaction().execute(async (db) => {
      const numbers = JSON.stringify([...this.#waiting.keys()]);
      const { rows } = await db.executeQuery<{ number: number }>(CompiledQuery.raw(SETTLE, [numbers]));
      // Those that were dropped meanwhile are left out.
      await db.executeQuery(insertTags(new Map(rows.map(({ number }) => [number, this.#waiting.get(number)!]))));
    });
    this.#waiting.clear();
    this.#spans = 0;
  }
}
