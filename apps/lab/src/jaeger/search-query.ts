import { BadRequestException } from '@nestjs/common';
import { queryOfTags, SpanQuery } from '../store/span-query';
import {
  allOf,
  duration,
  malformed,
  oneOf,
  QueryString,
  textMap,
  truth,
  unreadable,
  wholeNumber,
} from './query-string';
import { parseGoDuration } from '@bootlab/trace-model';

export interface Search {
  query: SpanQuery;
  limit: number;
  /** Whether what is found is given as it came. */
  raw: boolean;
}

const DEFAULT_LIMIT = 100;
const LARGEST_LIMIT = 10_000;
const TWO_DAYS_MICROS = 2 * 24 * 3600 * 1e6;

/** What is asked for in Jaeger's first query API. Times are microseconds; without a start, the last two days. @throws 400 */
export function searchV1(query: QueryString): Search {
  const toMicros = wholeNumber(query, 'end') ?? Date.now() * 1000;
  const search = {
    service: oneOf(query, 'service').text,
    operation: oneOf(query, 'operation').text,
    fromMicros: wholeNumber(query, 'start') ?? toMicros - lookback(query),
    toMicros,
    ...durations(query, ['minDuration'], ['maxDuration']),
  };
  if (search.service === undefined) throw new BadRequestException("parameter 'service' is required");
  if (search.fromMicros > toMicros) {
    throw new BadRequestException('invalid parameter: start time must be before end time');
  }
  const tags = [...allOf(query, 'tag').map(simpleTag), ...allOf(query, 'tags').map((text) => textMap('tags', text))];
  return {
    query: { ...queryOfTags(Object.fromEntries(tags.flatMap((map) => Object.entries(map)))), ...search },
    limit: limitOf(query, 'limit'),
    raw: truth(query, 'raw'),
  };
}

/** What is asked for in the third query API. Times are RFC 3339, and required. @throws 400 */
export function searchV3(query: QueryString): Search {
  if (oneOf(query, 'query.filter').text !== undefined) {
    throw new BadRequestException('the structured query filter is disabled: ask with query.attributes');
  }
  const fromMicros = instant(query, 'query.startTimeMin', 'query.start_time_min');
  const toMicros = instant(query, 'query.startTimeMax', 'query.start_time_max');
  if (fromMicros === undefined || toMicros === undefined) {
    throw new BadRequestException('query.startTimeMin and query.startTimeMax are required');
  }
  if (fromMicros >= toMicros) throw new BadRequestException('query.startTimeMin must be before query.startTimeMax');
  const { name, text } = oneOf(query, 'query.attributes');
  return {
    query: {
      ...queryOfTags(text === undefined ? {} : textMap(name, text)),
      service: oneOf(query, 'query.serviceName', 'query.service_name').text,
      operation: oneOf(query, 'query.operationName', 'query.operation_name').text,
      fromMicros,
      toMicros,
      ...durations(
        query,
        ['query.durationMin', 'query.duration_min'],
        ['query.durationMax', 'query.duration_max'],
        malformed,
      ),
    },
    limit: limitOf(query, ['query.searchDepth', 'query.search_depth', 'query.num_traces'], malformed),
    raw: truth(query, ['query.rawTraces', 'query.raw_traces'], malformed),
  };
}

/** Pages that ask for the last hour say only `lookback=1h`, or `2d`, which Go does not know. */
function lookback(query: QueryString): number {
  const { name, text } = oneOf(query, 'lookback');
  if (text === undefined || text === 'custom') return TWO_DAYS_MICROS;
  const days = /^(\d+)([dw])$/.exec(text);
  if (days) return Number(days[1]) * (days[2] === 'w' ? 7 : 1) * 24 * 3600 * 1e6;
  return (parseGoDuration(text) ?? unreadable(name, text, 'a duration such as 1h or 2d')) / 1000;
}

function durations(
  query: QueryString,
  least: string[],
  most: string[],
  refuse = unreadable,
): Pick<SpanQuery, 'minMicros' | 'maxMicros'> {
  const min = duration(query, least, refuse);
  const max = duration(query, most, refuse);
  // Of 0 Jaeger takes it that it was not given.
  if (min && max && max < min) {
    throw new BadRequestException(`'${most[0]}' should be greater than '${least[0]}'`);
  }
  return { ...(min ? { minMicros: min / 1000 } : {}), ...(max ? { maxMicros: max / 1000 } : {}) };
}

function limitOf(query: QueryString, names: string | string[], refuse = unreadable): number {
  const limit = wholeNumber(query, names, refuse) ?? DEFAULT_LIMIT;
  if (limit >= 1 && limit <= LARGEST_LIMIT) return limit;
  throw new BadRequestException(
    `invalid parameter: ${[names].flat()[0]} must be greater than 0 and at most ${LARGEST_LIMIT}`,
  );
}

function simpleTag(text: string): Record<string, string> {
  const [, key, value] = /^([^:]*):(.*)$/s.exec(text) ?? [];
  if (key === undefined || value === undefined) {
    throw new BadRequestException(`malformed 'tag' parameter, expecting key:value, received: ${text}`);
  }
  return { [key]: value };
}

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.(\d{1,9}))?(?:Z|[+-]\d\d:\d\d)$/;

/** Microseconds of an RFC 3339 time. @throws 400 */
export function instant(query: QueryString, ...names: string[]): number | undefined {
  const { name, text } = oneOf(query, ...names);
  if (text === undefined) return undefined;
  const match = RFC3339.exec(text);
  const seconds = Date.parse(text.replace(/\.\d+/, ''));
  if (!match || Number.isNaN(seconds)) {
    throw new BadRequestException(`malformed parameter ${name}: "${text}" is not a time such as 2026-11-22T16:38:00Z`);
  }
  return seconds * 1000 + Math.floor(Number((match[1] ?? '').padEnd(9, '0')) / 1000);
}
