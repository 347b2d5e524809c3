import { ColumnDataType, ColumnDefinitionBuilder, Expression, Kysely, sql } from 'kysely';
import { engineOf } from './engine';

export type ColumnType = ColumnDataType | Expression<unknown>;

/** Column types that mean the same in every engine: text compares byte by byte and holds what Unicode has. */
export interface ColumnTypes {
  /** A number that counts up; make it the column with {@link asId}. */
  id: ColumnType;
  /** At most so many characters. */
  name(length: number): ColumnType;
  /** Text of up to 16 MiB. */
  text: ColumnType;
}

export function columnTypes<DB>(db: Kysely<DB>): ColumnTypes {
  switch (engineOf(db).dialect) {
    case 'sqlite':
      return { id: 'integer', name: (length) => `varchar(${length})`, text: 'text' };
    case 'mysql':
      return { id: 'integer', name: (length) => `varchar(${length})`, text: sql`mediumtext` };
    case 'postgresql':
      return {
        id: 'serial',
        name: (length) => sql`varchar(${sql.lit(length)}) collate "C"`,
        text: sql`text collate "C"`,
      };
  }
}

/** The primary key that counts up. */
export function asId<DB>(db: Kysely<DB>): (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder {
  const counts = engineOf(db).dialect !== 'postgresql';
  return (column) => (counts ? column.primaryKey().autoIncrement() : column.primaryKey());
}
