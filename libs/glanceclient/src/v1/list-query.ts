/** Which images a list has, and in which order. */
export interface ListParams {
  /** At most so many images in all. */
  limit?: number;
  /** Images of one request. */
  pageSize?: number;
  /** Id of the image after which the list starts. */
  marker?: string;
  sortKey?: 'name' | 'status' | 'container_format' | 'disk_format' | 'size' | 'id' | 'created_at' | 'updated_at';
  sortDir?: 'asc' | 'desc';
  /**
   * For an administrator: true for what a user would see, false for private and shared images, null for all.
   * Glance takes true when unset.
   */
  isPublic?: boolean | null;
  /** E.g. `name`, `status`, `disk_format`, `size_min`, `size_max`, `changes-since`. */
  filters?: Record<string, string | number | boolean>;
  properties?: Record<string, string>;
}

const PAGE_SIZE = 20;

/** The query string of one page, and how many images a full page has. */
export function listQuery(params: ListParams): { query: string; pageSize: number } {
  const pageSize = params.pageSize ?? PAGE_SIZE;
  const query = new URLSearchParams({ limit: String(pageSize) });
  const add = (name: string, value: string | number | boolean | undefined) => {
    if (value !== undefined) query.set(name, String(value));
  };
  add('marker', params.marker);
  add('sort_key', params.sortKey);
  add('sort_dir', params.sortDir);
  add('is_public', params.isPublic === null ? 'None' : params.isPublic);
  for (const [name, value] of Object.entries(params.filters ?? {})) add(name, value);
  for (const [name, value] of Object.entries(params.properties ?? {})) add(`property-${name}`, value);
  return { query: query.toString(), pageSize };
}
