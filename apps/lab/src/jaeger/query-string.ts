import { parseGoDuration } from '@bootlab/trace-model';
import { BadRequestException } from '@nestjs/common';
import { goBoolean } from '../store/go-boolean';

export type QueryString = Readonly<Record<string, string | string[] | undefined>>;

/** All values of a parameter. */
export function allOf(query: QueryString, name: string): string[] {
  const value = query[name];
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

/** The first value of the first of these parameters that has one; an empty one counts as none. */
export function oneOf(query: QueryString, ...names: string[]): { name: string; text: string | undefined } {
  for (const name of names) {
    const text = allOf(query, name)[0];
    if (text !== undefined && text !== '') return { name, text };
  }
  return { name: names[0]!, text: undefined };
}

/** @throws 400 */
export function unreadable(name: string, text: string, form: string): never {
  throw new BadRequestException(`unable to parse param '${name}': "${text}" is not ${form}`);
}

/** The same as the third query API says it. @throws 400 */
export function malformed(name: string, text: string, form: string): never {
  throw new BadRequestException(`malformed parameter ${name}: "${text}" is not ${form}`);
}

/** A whole number, within what JavaScript holds exactly. @throws 400 */
export function wholeNumber(query: QueryString, names: string | string[], refuse = unreadable): number | undefined {
  const { name, text } = oneOf(query, ...[names].flat());
  if (text === undefined) return undefined;
  const number = Number(text);
  return /^[+-]?\d+$/.test(text) && Number.isSafeInteger(number) ? number : refuse(name, text, 'a whole number');
}

/** Nanoseconds. @throws 400 */
export function duration(query: QueryString, names: string | string[], refuse = unreadable): number | undefined {
  const { name, text } = oneOf(query, ...[names].flat());
  if (text === undefined) return undefined;
  return parseGoDuration(text) ?? refuse(name, text, 'a duration such as 1.2s, 100ms or 500us');
}

/** False when absent. @throws 400 */
export function truth(query: QueryString, names: string | string[], refuse = unreadable): boolean {
  const { name, text } = oneOf(query, ...[names].flat());
  if (text === undefined) return false;
  return goBoolean(text) ?? refuse(name, text, 'true or false');
}

/** A JSON object of texts. @throws 400 */
export function textMap(name: string, text: string): Record<string, string> {
  let map: unknown;
  try {
    map = JSON.parse(text);
  } catch (error) {
    throw new BadRequestException(`malformed parameter ${name}: ${(error as Error).message}`);
  }
  const entries = typeof map === 'object' && map !== null && !Array.isArray(map) ? Object.entries(map) : undefined;
  if (!entries?.every(([, value]) => typeof value === 'string')) unreadable(name, text, 'a JSON object of texts');
  return Object.fromEntries(entries as Array<[string, string]>);
}

/** Sixteen bytes as 22 digits, with or without their filling. */
const BASE64 = /^[\w+/-]{22}(?:==)?$/;

/** A trace id of 1 to 32 hex digits in any case, or in base64 → 32 lower-case digits. @throws 400 */
export function traceIdOf(text: string): string {
  if (/^[0-9a-f]{1,32}$/i.test(text)) return text.toLowerCase().padStart(32, '0');
  if (BASE64.test(text)) return Buffer.from(text, 'base64').toString('hex');
  throw new BadRequestException(`"${text}" is not a trace id: it takes 1 to 32 hex digits`);
}
