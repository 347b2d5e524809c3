import type { Database, Statement } from 'sqlite3';

const KEPT = 200;

export function prepare(database: Database, sql: string): Promise<Statement> {
  return new Promise((resolve, reject) => {
    const statement: Statement = database.prepare(sql, (error) => (error ? reject(error) : resolve(statement)));
  });
}

export function finalize(statement: Statement): Promise<void> {
  return new Promise((resolve) => statement.finalize(() => resolve()));
}

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
