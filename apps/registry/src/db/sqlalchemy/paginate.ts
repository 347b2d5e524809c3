import { nullsFirst } from '@bootlab/database';
import { hop } from '@bootlab/hop';
import type { Expression, ExpressionBuilder, SelectQueryBuilder, SqlBool } from 'kysely';
import type { ImageRecord } from '../image';
import type { GlanceDb, ImageRow, Tables } from './models';

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

type SortDir = 'asc' | 'desc';

export interface Page {
  /** Rows at most. */
  limit: number;
  sortKey: SortKey;
  sortDir: SortDir;
  /** The last image of the page before. */
  last?: ImageRecord;
}

type ImageQuery = SelectQueryBuilder<Tables, 'images', ImageRow>;
type Images = ExpressionBuilder<Tables, 'images'>;

const nullable: ReadonlySet<SortKey> = new Set(['name', 'container_format', 'disk_format', 'size', 'updated_at']);

/** Sorts, always down to the id so that no two rows are equal, and starts after the last row of the page before. */
export const paginateQuery = hop(
  'glance.db.sqlalchemy.api._paginate_query',
  function paginateQuery(db: GlanceDb, query: ImageQuery, { limit, sortKey, sortDir, last }: Page): ImageQuery {
    const keys: SortKey[] = sortKey === 'id' ? ['id'] : [...new Set<SortKey>([sortKey, 'created_at', 'id'])];
    let page = query.limit(limit);
    for (const key of keys) page = page.orderBy(key, nullable.has(key) ? nullsFirst(db, sortDir) : sortDir);
    if (last === undefined) return page;
    return page.where((is) => is.and([reaches(is, keys[0]!, sortDir, last), follows(is, keys, sortDir, last)]));
  },
);

/** Whether a row sorts after `last`; NULL is less than all. */
function follows(is: Images, keys: SortKey[], sortDir: SortDir, last: ImageRecord): Expression<SqlBool> {
  const [key = 'id', ...more] = keys;
  const value = last[key];
  const beyond = sortDir === 'asc' ? greater(is, key, value) : less(is, key, value);
  const same = value === null ? is(key, 'is', null) : is(key, '=', value);
  return more.length === 0 ? beyond : is.or([beyond, is.and([same, follows(is, more, sortDir, last)])]);
}

/** Says again, of the first key alone, where the page begins, so that the database can jump there in an index. */
function reaches(is: Images, key: SortKey, sortDir: SortDir, last: ImageRecord): Expression<SqlBool> {
  const value = last[key];
  if (sortDir === 'asc') return value === null ? is.lit(true) : is(key, '>=', value);
  if (value === null) return is(key, 'is', null);
  const upTo = is(key, '<=', value);
  return nullable.has(key) ? is.or([upTo, is(key, 'is', null)]) : upTo;
}

function greater(is: Images, key: SortKey, value: string | number | null): Expression<SqlBool> {
  return value === null ? is(key, 'is not', null) : is(key, '>', value);
}

function less(is: Images, key: SortKey, value: string | number | null): Expression<SqlBool> {
  if (value === null) return is.lit(false);
  return nullable.has(key) ? is.or([is(key, '<', value), is(key, 'is', null)]) : is(key, '<', value);
}
