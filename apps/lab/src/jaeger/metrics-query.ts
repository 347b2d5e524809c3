import type { SpanKind } from '@bootlab/trace-model';
import { BadRequestException } from '@nestjs/common';
import { allOf, oneOf, QueryString, truth, unreadable, wholeNumber } from './query-string';

/** Times are milliseconds of Unix time, spans of time milliseconds. */
export interface MetricsQuery {
  services: string[];
  kinds: SpanKind[];
  groupByOperation: boolean;
  endTs: number;
  lookback: number;
  step: number;
  ratePer: number;
}

const KINDS: readonly SpanKind[] = ['internal', 'server', 'client', 'producer', 'consumer'];
/** Points of one series. */
const MOST_POINTS = 11_000;

/** @throws 400 */
export function metricsQuery(query: QueryString): MetricsQuery {
  const services = allOf(query, 'service');
  if (services.length === 0) {
    throw new BadRequestException("unable to parse param 'service': please provide at least one service name");
  }
  const asked: MetricsQuery = {
    services,
    kinds: query['spanKind'] === undefined ? ['server'] : allOf(query, 'spanKind').flatMap(kindsOf),
    groupByOperation: truth(query, 'groupByOperation'),
    endTs: wholeNumber(query, 'endTs') ?? Date.now(),
    lookback: positive(query, 'lookback', 3600_000),
    step: positive(query, 'step', 5_000),
    ratePer: positive(query, 'ratePer', 600_000),
  };
  if (asked.lookback / asked.step > MOST_POINTS) {
    throw new BadRequestException(`lookback holds more than ${MOST_POINTS} steps: take a larger step`);
  }
  return asked;
}

/** A number from 0 to 1. @throws 400 */
export function quantileOf(query: QueryString): number {
  const { name, text } = oneOf(query, 'quantile');
  const quantile = Number(text ?? NaN);
  return quantile >= 0 && quantile <= 1 ? quantile : unreadable(name, text ?? '', 'a number from 0 to 1');
}

function kindsOf(text: string): SpanKind[] {
  // The store does not tell spans of no kind from internal ones.
  const kind = text === 'unspecified' ? 'internal' : text;
  if (KINDS.includes(kind as SpanKind)) return [kind as SpanKind];
  throw new BadRequestException(`unable to parse param 'spanKind': unsupported span kind: '${text}'`);
}

function positive(query: QueryString, name: string, fallback: number): number {
  const value = wholeNumber(query, name) ?? fallback;
  return value > 0 ? value : unreadable(name, String(value), 'a number of milliseconds above 0');
}
