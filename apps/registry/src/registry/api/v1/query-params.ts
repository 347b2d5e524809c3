import { hop } from '@bootlab/hop';
import { HttpException, RequestContext } from '@bootlab/openstack';
import { parseIsotime } from '../../../common/timeutils';
import type { ImageFilters } from '../../../db/sqlalchemy/conditions';
import type { ImageListParams } from '../../../db/sqlalchemy/image-get-all';
import { SortKey, sortKeys } from '../../../db/sqlalchemy/paginate';
import { isUuidLike } from './uuid';

/** Query parameters as they came. */
export type Query = Record<string, string | string[] | undefined>;

export interface ListLimits {
  /** Images of a page when the request does not say. */
  limit_param_default: number;
  /** Images of the longest page. */
  api_limit_max: number;
}

/** Injection token of the limits. */
export const LIST_LIMITS = Symbol('list limits');

const WORDS = ['name', 'status', 'container_format', 'disk_format'] as const;
const NUMBERS = ['min_ram', 'min_disk', 'size_min', 'size_max'] as const;
const TRUTHS: Record<string, boolean> = { true: true, '1': true, false: false, '0': false };

function refuse(explanation: string): never {
  throw new HttpException(400, explanation);
}

function one(query: Query, name: string): string | undefined {
  const value = query[name];
  return Array.isArray(value) ? value.at(-1) : value;
}

function wholeNumber(query: Query, name: string): number | undefined {
  const text = one(query, name);
  if (text === undefined) return undefined;
  if (!/^\s*\d{1,15}\s*$/.test(text)) refuse(`${name} must be a whole number of 0 or more, not "${text}".`);
  return Number(text);
}

function truth(query: Query, name: string, words = 'True or False'): boolean | undefined {
  const text = one(query, name);
  if (text === undefined) return undefined;
  return TRUTHS[text.toLowerCase()] ?? refuse(`${name} must be ${words}, not "${text}".`);
}

function choice<T extends string>(query: Query, name: string, words: readonly T[], usual: T): T {
  const text = one(query, name) ?? usual;
  return words.find((word) => word === text) ?? refuse(`${name} must be one of ${words.join(', ')}, not "${text}".`);
}

function filtersOf(context: RequestContext, query: Query): ImageFilters {
  const filters: ImageFilters = {};
  for (const name of WORDS) filters[name] = one(query, name);
  for (const name of NUMBERS) filters[name] = wholeNumber(query, name);
  filters.protected = truth(query, 'protected');
  const since = one(query, 'changes-since');
  if (since !== undefined)
    filters.changesSince = parseIsotime(since) ?? refuse('changes-since must be an ISO 8601 time.');
  const deleted = context.isAdmin ? one(query, 'deleted') : undefined;
  if (deleted !== undefined) filters.deleted = TRUTHS[deleted.toLowerCase()] ?? false;
  else if (since === undefined) filters.deleted = false;
  const properties = Object.keys(query).filter((name) => name.startsWith('property-'));
  if (properties.length > 0) {
    filters.properties = Object.fromEntries(properties.map((name) => [name.slice(9), one(query, name) ?? '']));
  }
  return filters;
}

/** For an administrator: true asks for what a user would see, false for the rest, None for all. */
function visibility(context: RequestContext, query: Query): Pick<ImageListParams, 'isPublic' | 'adminAsUser'> {
  if (!context.isAdmin || one(query, 'is_public')?.toLowerCase() === 'none') return {};
  return (truth(query, 'is_public', 'None, True or False') ?? true) ? { adminAsUser: true } : { isPublic: false };
}

/** What a list request asks for. Throws a 400 naming the parameter that is wrong. */
export const getQueryParams = hop(
  'glance.registry.api.v1.images.Controller._get_query_params',
  function getQueryParams(context: RequestContext, query: Query, limits: ListLimits): ImageListParams {
    const marker = one(query, 'marker');
    if (marker && !isUuidLike(marker)) refuse('marker must be the id of an image.');
    const limit = wholeNumber(query, 'limit') ?? limits.limit_param_default;
    return {
      filters: filtersOf(context, query),
      limit: Math.min(limit, limits.api_limit_max),
      sortKey: choice<SortKey>(query, 'sort_key', sortKeys, 'created_at'),
      sortDir: choice(query, 'sort_dir', ['asc', 'desc'], 'desc'),
      marker: marker === '' ? undefined : marker,
      ...visibility(context, query),
    };
  },
);
