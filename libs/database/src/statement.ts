import type { CompiledQuery, OperationNode } from 'kysely';

/** What one statement does, for span names and for choosing how to run it. */
export interface StatementDescription {
  /** `SELECT`, `INSERT`, … */
  operation: string;
  /** The table it reads or writes, where that is plain to see. */
  table?: string;
  returnsRows: boolean;
}

/** Told of each statement that ran. `sql` has placeholders where values were. */
export interface StatementEvent {
  sql: string;
  durationMillis: number;
  error?: unknown;
}

function tableOf(node: OperationNode | undefined): string | undefined {
  const { kind, node: inner, table } = (node ?? {}) as { kind?: string; node?: OperationNode; table?: unknown };
  if (kind === 'AliasNode') return tableOf(inner);
  if (kind !== 'TableNode') return undefined;
  return (table as { identifier: { name: string } }).identifier.name;
}

const RAW_TABLE = /^\s*(?:select\b.*?\bfrom|insert\s+(?:or\s+\w+\s+)?into|update|delete\s+from)\s+["`]?(\w+)/is;
const RAW_WITH_ROWS = /^\s*(?:select|with|pragma|explain|values)\b|\breturning\b/i;

/** Reads the description off the query's syntax tree, or off the text of SQL that was written by hand. */
export function describeStatement({ query, sql }: CompiledQuery): StatementDescription {
  switch (query.kind) {
    case 'SelectQueryNode':
      return { operation: 'SELECT', table: tableOf(query.from?.froms[0]), returnsRows: true };
    case 'InsertQueryNode':
      return {
        operation: query.replace ? 'REPLACE' : 'INSERT',
        table: tableOf(query.into),
        returnsRows: !!query.returning,
      };
    case 'UpdateQueryNode':
      return { operation: 'UPDATE', table: tableOf(query.table), returnsRows: !!query.returning };
    case 'DeleteQueryNode':
      return { operation: 'DELETE', table: tableOf(query.from.froms[0]), returnsRows: !!query.returning };
    default:
      return {
        operation: (/\w+/.exec(sql)?.[0] ?? 'SQL').toUpperCase(),
        table: RAW_TABLE.exec(sql)?.[1],
        returnsRows: RAW_WITH_ROWS.test(sql),
      };
  }
}
