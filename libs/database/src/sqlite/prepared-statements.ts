import type { Database, Statement } from 'sqlite3';
import { finalize, prepare } from './promised-statement';

const KEPT = 200;

/** The statements used last, compiled, by their SQL text. Compiling costs more than most statements take to run. */
export class PreparedStatements {
  readonly #bySql = new Map<string, Statement>();

  constructor(private readonly database: Database) {}

  async get(sql: string): Promise<Statement> {
    const known = this.#bySql.get(sql);
    if (known) this.#bySql.delete(sql);
    const statement = known ?? (await prepare(this.database, sql));
    this.#bySql.set(sql, statement);
    if (this.#bySql.size > KEPT) await this.drop(this.#bySql.keys().next().value!);
    return statement;
  }

  async drop(sql: string): Promise<void> {
    const statement = this.#bySql.get(sql);
    this.#bySql.delete(sql);
    if (statement) await finalize(statement);
  }

  async dropAll(): Promise<void> {
    await Promise.all([...this.#bySql.keys()].map((sql) => this.drop(sql)));
  }
}
