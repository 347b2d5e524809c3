import { CompiledQuery, Kysely } from 'kysely';
import type { TestDatabase } from './databases';

/** What is slow in the way in which a database wants to run a statement. */
export interface Waste {
  /** Tables that it reads from one end to the other. */
  scanned: string[];
  /** Whether it sorts rows: in PostgreSQL many, as a few are sorted faster than found in order. */
  sorts: boolean;
}

interface PostgresNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Cond'?: string;
  'Plan Rows': number;
  Plans?: PostgresNode[];
}

const FEW = 100;

function ofPostgres(node: PostgresNode): Waste {
  const parts = (node.Plans ?? []).map(ofPostgres);
  const type = node['Node Type'];
  const whole = type === 'Seq Scan' || (/^Index (Only )?Scan$/.test(type) && node['Index Cond'] === undefined);
  return {
    scanned: [...(whole ? [node['Relation Name'] ?? ''] : []), ...parts.flatMap(({ scanned }) => scanned)],
    sorts: (/Sort$/.test(type) && (node.Plans?.[0]?.['Plan Rows'] ?? 0) > FEW) || parts.some(({ sorts }) => sorts),
  };
}

/** Asks the database how it would run a statement, without running it. */
export async function wasteOf<DB>(db: Kysely<DB>, engine: TestDatabase['name'], query: CompiledQuery): Promise<Waste> {
  const words = { sqlite: 'explain query plan', mysql: 'explain', postgresql: 'explain (format json)' }[engine];
  const { rows } = await db.executeQuery<Record<string, unknown>>(
    CompiledQuery.raw(`${words} ${query.sql}`, [...query.parameters]),
  );
  switch (engine) {
    case 'sqlite': {
      const lines = rows.map(({ detail }) => String(detail));
      return {
        scanned: lines.flatMap((line) => /^SCAN (\w+)/.exec(line)?.[1] ?? []),
        sorts: lines.some((line) => line.includes('TEMP B-TREE FOR ORDER BY')),
      };
    }
    case 'mysql':
      return {
        scanned: rows.filter(({ type }) => type === 'ALL' || type === 'index').map(({ table }) => String(table)),
        sorts: rows.some(({ Extra }) => String(Extra).includes('filesort')),
      };
    case 'postgresql':
      return ofPostgres((rows[0]!['QUERY PLAN'] as { Plan: PostgresNode }[])[0]!.Plan);
  }
}
