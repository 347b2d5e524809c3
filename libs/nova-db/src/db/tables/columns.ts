import { asId, ColumnType, columnTypes } from '@bootlab/database';
import { ColumnDefinitionBuilder, CreateTableBuilder, Kysely } from 'kysely';

function typesOf(db: Kysely<unknown>) {
  const { id, name, text } = columnTypes(db);
  return {
    id,
    uuid: name(36),
    name: name(255),
    time: name(24),
    text,
    int: 'integer',
    flag: 'integer',
    ratio: 'double precision',
  } satisfies Record<string, ColumnType>;
}
type Types = ReturnType<typeof typesOf>;

/** A kind of column; with `!` it refuses NULL. `id` is the primary key that counts up. */
export type Column = keyof Types | `${Exclude<keyof Types, 'id'>}!`;

const timestamps = { created_at: 'time!', updated_at: 'time' } as const;
export const softDeleted = { deleted: 'int!', deleted_at: 'time' } as const;

function define(db: Kysely<unknown>, kind: Column) {
  return (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => {
    if (kind === 'id') return asId(db)(column);
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
  const types = typesOf(db);
  let table: CreateTableBuilder<string, string> = db.schema.createTable(name);
  for (const [column, kind] of Object.entries(columns)) {
    const type = types[kind.replace('!', '') as keyof Types];
    table = table.addColumn(column, type, define(db, kind));
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
