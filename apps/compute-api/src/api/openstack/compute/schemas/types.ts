import { z } from 'zod';
import { isBase64, strictBoolean } from '../../../../compute/text';

/** Text as it may stand in a name: not empty, no space around it, nothing that cannot be printed. */
export const name = z
  .string()
  .min(1, "'' is too short")
  .max(255, 'is too long; 255 characters are allowed')
  .regex(/^(?!\s)[^\p{Cc}]*(?<!\s)$/u, 'has a space at its start or end, or a character that cannot be printed');

/** A number from `least` on, as JSON number or in digits. */
export function count(least: number) {
  return z
    .union([z.number(), z.string().regex(/^\d+$/)], { error: 'is not a whole number' })
    .transform(Number)
    .pipe(z.number().int('is not a whole number').min(least, `is less than the minimum of ${least}`));
}

/** true, false, or one of the words for them. */
export const flag = z.union([z.boolean(), z.string()]).transform((value, { addIssue }) => {
  const read = strictBoolean(value);
  if (read === undefined) addIssue({ code: 'custom', message: 'is not a boolean' });
  return read ?? false;
});

export const uuid = z.guid('is not a uuid');

export const base64 = z.string().refine(isBase64, 'is not base 64');
