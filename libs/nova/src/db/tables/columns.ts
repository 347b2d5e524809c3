import { ColumnDataType, ColumnDefinitionBuilder, CreateTableBuilder, Kysely } from 'kysely';

const types = {
  id: 'integer',
  uuid: 'varchar(36)',
  name: 'varchar(255)',
  time: 'varchar(24)',
  text: 'text',
  int: 'integer',
  flag: 'integer',
  ratio: 'real',
} satisfies Record<string, ColumnDataType>;

/** A kind of column; with `!` it refuses NULL. `id` is the primary key that counts up. */
export type Column = keyof typeof types | `${Exclude<keyof typeof types, 'id'>}!`;

const timestamps = { created_at: 'time!', updated_at: 'time' } as const;
export const softDeleted = { deleted: 'int!', deleted_at: 'time' } as const;

function define(kind: Column) {
  return (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => {
    if (kind === 'id') return column.primaryKey().autoIncrement();
    return kind.endsWith('!') ? column.notNull() : column;
  };
}

/** Makes a table that counts its rows and knows when each was made and changed. */
export async function createTable(db: Kysely<unknown>, name: string, columns: Record<string, Column>): Promise<void> {
  await createBareTable(db, name, { id: 'id', ...columns, ...timestamps });
}

/** Makes a table of just these columns. */
export async function createBareTable(
  db: Kysely<unknown>,
  name: string,
  columns: Record<string, Column>,
): Promise<void> {
  let table: CreateTableBuilder<string, string> = db.schema.createTable(name);
  for (const [column, kind] of Object.entries(columns)) {
    const type = types[kind.replace('!', '') as keyof typeof types];
    table = table.addColumn(column, type, define(kind));
  }
  await table.execute();
}

/** Makes an index; `unique` ones guard what may be there only once. */
export async function createIndex(
  db: Kysely<unknown>,
  table: string,
  columns: string[],
  unique = false,
): Promise<void> {
  const index = db.schema
    .createIndex(`${table}_${columns.join('_')}_idx`)
    .on(table)
    .columns(columns);
  await (unique ? index.unique() : index).execute();
}
