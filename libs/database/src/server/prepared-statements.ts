import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type { Pool, PoolClient } from 'pg';

/** Statements that differ only in how many values a list has are many; beyond so many they are planned anew each time. */
const MOST_NAMES = 500;
/** Somebody has changed the table since the statement was prepared: it must be so anew, by a name of its own. */
export const PLAN_OUTDATED = '0A000';

/** Names for statements, so that each connection has them parsed and planned once. */
export class StatementNames {
  readonly #names = new Map<string, string>();
  #given = 0;

  /** Undefined for a statement that is not to be kept. */
  of(sql: string): string | undefined {
    const known = this.#names.get(sql);
    if (known !== undefined || this.#names.size >= MOST_NAMES) return known;
    const name = `s${++this.#given}`;
    this.#names.set(sql, name);
    return name;
  }

  /** From now on every statement has another name than before. */
  renew(): void {
    this.#names.clear();
  }
}

/** A pool for kysely whose statements with parameters are prepared. */
export function preparing(pool: Pool): PostgresPool {
  const names = new StatementNames();
  const known = new WeakMap<PoolClient, PostgresPoolClient>();
  return {
    async connect(): Promise<PostgresPoolClient> {
      const client = await pool.connect();
      // kysely and those above it know a connection by its client.
      const before = known.get(client);
      if (before) return before;
      const made = {
        async query<R>(sql: unknown, parameters: readonly unknown[] = []): Promise<PostgresQueryResult<R>> {
          const text = sql as string;
          const name = parameters.length > 0 ? names.of(text) : undefined;
          try {
            return (await client.query({ name, text, values: [...parameters] })) as unknown as PostgresQueryResult<R>;
          } catch (error) {
            if ((error as { code?: string }).code === PLAN_OUTDATED) names.renew();
            throw error;
          }
        },
        release: () => client.release(),
      } as PostgresPoolClient;
      known.set(client, made);
      return made;
    },
    end: () => pool.end(),
  };
}
