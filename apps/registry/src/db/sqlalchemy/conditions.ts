import { hop } from '@bootlab/hop';
import { glanceException, imageStatuses } from '@bootlab/openstack';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Tables } from './models';

/** What images of a list must fit. Unset fields ask for nothing. */
export interface ImageFilters {
  /** A value, or `in:a,b`, or `eq:value`. */
  name?: string;
  status?: string;
  disk_format?: string;
  container_format?: string;
  min_ram?: number;
  min_disk?: number;
  size_min?: number;
  size_max?: number;
  protected?: boolean;
  deleted?: boolean;
  /** Changed after this moment, in glance's form of time. */
  changesSince?: string;
  properties?: Record<string, string>;
}

type ImageExpressions = ExpressionBuilder<Tables, 'images'>;
export type Condition = (is: ImageExpressions) => Expression<SqlBool>;

const WORDS = ['name', 'status', 'disk_format', 'container_format'] as const;
const NUMBERS = ['min_ram', 'min_disk'] as const;
/** Listings hide killed images. */
const LISTED = imageStatuses.filter((status) => status !== 'killed');

/** @throws Invalid for a filter with an operator that is none */
export const makeConditionsFromFilters = hop(
  'glance.db.sqlalchemy.api._make_conditions_from_filters',
  function makeConditionsFromFilters(filters: ImageFilters, isPublic?: boolean): Condition[] {
    const conditions: Condition[] = [];
    if (isPublic !== undefined) conditions.push((is) => is('visibility', isPublic ? '=' : '!=', 'public'));
    for (const column of WORDS) {
      const values = filterValues(column, filters[column]);
      if (values) conditions.push((is) => is(column, 'in', values));
    }
    for (const column of NUMBERS) {
      const value = filters[column];
      if (value !== undefined) conditions.push((is) => is(column, '=', value));
    }
    const { size_min: min, size_max: max, protected: guarded, deleted, changesSince, properties = {} } = filters;
    if (min !== undefined) conditions.push((is) => is('size', '>=', min));
    if (max !== undefined) conditions.push((is) => is('size', '<=', max));
    if (guarded !== undefined) conditions.push((is) => is('protected', '=', guarded ? 1 : 0));
    if (changesSince !== undefined) conditions.push((is) => is('updated_at', '>', changesSince));
    if (deleted !== undefined) conditions.push((is) => is('deleted', '=', deleted ? 1 : 0));
    if (deleted === false) conditions.push((is) => is('status', 'in', LISTED));
    for (const [name, value] of Object.entries(properties)) conditions.push((is) => hasProperty(is, name, value));
    return conditions;
  },
  { out: (conditions) => ({ 'list.conditions': conditions.length }) },
);

function hasProperty(is: ImageExpressions, name: string, value: string): Expression<SqlBool> {
  return is.exists(
    is
      .selectFrom('image_properties')
      .select('image_properties.id')
      .whereRef('image_properties.image_id', '=', 'images.id')
      .where('image_properties.name', '=', name)
      .where('image_properties.value', '=', value)
      .where('image_properties.deleted', '=', 0),
  );
}

function filterValues(column: string, text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  const at = text.indexOf(':');
  if (at < 0) return [text];
  const operand = text.slice(at + 1);
  switch (text.slice(0, at)) {
    case 'eq':
      return [operand];
    case 'in':
      return [...operand.matchAll(/"([^"]*)"|([^,"]+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
    default:
      throw new glanceException.Invalid({
        reason: `The filter ${column}=${text} has an unknown operator; write eq:… or in:… before a value with a colon.`,
      });
  }
}
