import { HttpException, loadConf, novaConf } from '@bootlab/openstack';
import type { NovaRequest } from './request';

/** Parameters of a query string; of one that is given several times the last. */
export type Query = Record<string, string | undefined>;

export function queryOf({ query }: NovaRequest): Query {
  const entries = Object.entries(query as Record<string, string | string[]>);
  return Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? value.at(-1) : value]));
}

const { max_limit: MAX_LIMIT } = loadConf(novaConf).api;

/** Items of a page: at most `[api] max_limit`. @throws HttpException 400 when `limit` is no number, or negative */
export function limitOf({ limit }: Query): number {
  if (limit === undefined) return MAX_LIMIT;
  if (!/^-?\d+$/.test(limit)) throw new HttpException(400, 'limit param must be an integer');
  if (limit.startsWith('-')) throw new HttpException(400, 'limit param must be positive');
  return Math.min(Number(limit), MAX_LIMIT);
}
