import { hop } from '@bootlab/hop';
import type { Query } from '../../common/client';

const FILTERS = [
  'name', 'status', 'container_format', 'disk_format', 'size_min', 'size_max', 'min_ram', 'min_disk', 'is_public', 'changes-since', 'protected', 'deleted',
]; // prettier-ignore
const PARAMS = ['limit', 'marker', 'sort_key', 'sort_dir'];

type Sent = Record<string, string | string[] | undefined>;

function pick(query: Sent, wanted: (name: string) => boolean): Query {
  const entries = Object.entries(query).filter(([name]) => wanted(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? value.at(-1) : value]));
}

const getFilters = hop('glance.api.v1.images.Controller._get_filters', function getFilters(query: Sent): Query {
  return pick(query, (name) => FILTERS.includes(name) || name.startsWith('property-'));
});

/** What of a list request goes on to the registry, which checks the values. */
export const getQueryParams = hop(
  'glance.api.v1.images.Controller._get_query_params',
  function getQueryParams(query: Sent): Query {
    return { ...getFilters(query), ...pick(query, (name) => PARAMS.includes(name)) };
  },
);
