import { hop } from '@bootlab/hop';
import { ExpressionBuilder, SelectQueryBuilder, sql } from 'kysely';
import type { ImageRecord } from '../image';
import type { ImageRow, Tables } from './models';

export const sortKeys = [
  'name',
  'status',
  'container_format',
  'disk_format',
  'size',
  'id',
  'created_at',
  'updated_at',
] as const;
export type SortKey = (typeof sortKeys)[number];

export interface Page {
  /** Rows at most. */
  limit: number;
  sortKey: SortKey;
  sortDir: 'asc' | 'desc';
  /** The last image of the page before. */
  last?: ImageRecord;
}

type ImageQuery = SelectQueryBuilder<Tables, 'images', ImageRow>;

/** What stands for a missing value when rows are compared. */
const absent: Partial<Record<SortKey, string | number>> = {
  name: '',
  container_format: '',
  disk_format: '',
  updated_at: '',
  size: 0,
};

/** Sorts, always down to the id so that no two rows are equal, and starts after the last row of the page before. */
export const paginateQuery = hop(
  'glance.db.sqlalchemy.api._paginate_query',
  function paginateQuery(query: ImageQuery, { limit, sortKey, sortDir, last }: Page): ImageQuery {
    const keys = [...new Set<SortKey>([sortKey, 'created_at', 'id'])];
    let page = query.limit(limit);
    for (const key of keys) page = page.orderBy(key, sortDir);
    return last === undefined ? page : page.where((is) => follows(is, keys, sortDir, last));
  },
);

function follows(is: ExpressionBuilder<Tables, 'images'>, keys: SortKey[], sortDir: 'asc' | 'desc', last: ImageRecord) {
  const columns = sql.join(
    keys.map((key) => (absent[key] === undefined ? is.ref(key) : is.fn.coalesce(key, is.val(absent[key])))),
  );
  const values = sql.join(keys.map((key) => last[key] ?? absent[key]));
  return sql<boolean>`(${columns}) ${sql.raw(sortDir === 'asc' ? '>' : '<')} (${values})`;
}
