import { z } from 'zod';
import { textProblem } from '../check/text-match';
import { resolveHop } from './hops';

export const BYTES: Record<string, number> = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };
export const MILLISECONDS: Record<string, number> = { ms: 1, s: 1000, min: 60_000 };

function scaled(units: Record<string, number>, form: string) {
  const pattern = new RegExp(`^(\\d+(?:\\.\\d+)?) ?(${Object.keys(units).join('|')})$`);
  return z
    .string()
    .regex(pattern, `Write it as ${form}.`)
    .transform((text) => {
      const [, number, unit] = pattern.exec(text)!;
      return Math.round(Number(number) * units[unit!]!);
    });
}

/** Bytes: a whole number, or text such as `4 MiB`. */
export const size = z.union([z.int().min(0), scaled(BYTES, 'a number of bytes, or as 512 B, 64 KiB, 4 MiB or 1 GiB')]).meta({ description: 'Bytes: 4096, 64 KiB, 4 MiB, 1 GiB.' }); // prettier-ignore

const LONGEST_MS = 600_000;

/** Milliseconds, from text such as `200 ms` or `2 s`; at most 10 minutes. */
export const duration = scaled(MILLISECONDS, '200 ms, 1.5 s or 1 min')
  .refine((ms) => ms <= LONGEST_MS, 'Nothing lasts longer than 10 min here: give less.')
  .meta({ description: 'A time: 200 ms, 1.5 s.', examples: ['200 ms', '1.5 s', '1 min'] });

/** What a step or thing is called in this file. */
export const name = z
  .string()
  .regex(/^[A-Za-z][\w.-]{0,62}$/, 'Use letters, digits, "-", "_" or ".", a letter first.')
  .meta({ description: 'A name that steps and assertions use.' });

/** The dotted name of a function at Queens, or an end of it that no other hop of the lab has; becomes the dotted name. */
export const hop = z
  .string()
  .min(1)
  .transform((wanted, ctx) => {
    const found = resolveHop(wanted);
    if ('id' in found) return found.id;
    ctx.issues.push({ code: 'custom', input: wanted, message: found.problem });
    return z.NEVER;
  })
  .meta({ description: 'A hop: its dotted name, or an end of it such as Controller._get_from_store.' });

/** Text that must be part of what is found; `/…/` is a regular expression. */
export const text = z.string().min(1).refine((wanted) => textProblem(wanted) === undefined, { error: ({ input }) => textProblem(String(input)) }).meta({ description: 'Text that must be part of it; /…/ is a regular expression.' }); // prettier-ignore

export const httpStatus = z.int().min(100).max(599);

/** Of HTTP: no spaces, no colon. */
export const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'A header has letters, digits and "-", without a colon.'); // prettier-ignore

export const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** A whole number, or bounds of one. */
export const times = z.union([z.int().min(0), z.strictObject({ min: z.int().min(0).optional(), max: z.int().min(0).optional() })]).meta({ description: 'A whole number, or min and max of one.' }); // prettier-ignore

/** Of several keys of an object exactly one must be there: it says what the object is. */
export function exactlyOne<T extends z.ZodType<Record<string, unknown>>>(
  schema: T,
  keys: readonly string[],
  what: string,
) {
  const checked = schema.check((ctx) => {
    const given = keys.filter((key) => (ctx.value as Record<string, unknown>)[key] !== undefined);
    if (given.length === 1) return;
    const found = given.length === 0 ? 'none' : given.join(' and ');
    ctx.issues.push({
      code: 'custom',
      input: ctx.value,
      message: `${what} has exactly one of ${keys.join(', ')}; this one has ${found}.`,
    });
  });
  return checked.meta({ oneOf: keys.map((key) => ({ required: [key] })) });
}
