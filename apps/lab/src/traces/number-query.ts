import { BadRequestException } from '@nestjs/common';

/** A number from the query string, within bounds; `fallback` when absent. @throws 400 naming the parameter */
export function numberQuery(
  name: string,
  text: string | undefined,
  { fallback, min, max }: { fallback: number; min: number; max: number },
): number {
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!(value >= min && value <= max)) {
    throw new BadRequestException(`${name} is "${text}"; it takes a number from ${min} to ${max}.`);
  }
  return value;
}
