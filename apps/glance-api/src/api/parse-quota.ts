const FORM = /^(\d+)(?:([KMGT])?B)?$/;
const FACTORS: Record<string, number> = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/**
 * `500MB` → bytes; units are powers of 1024.
 * @throws Error naming the option
 */
export function parseQuota(text: string): number {
  const [match, digits, unit = ''] = FORM.exec(text.trim()) ?? [];
  if (match === undefined) {
    throw new Error(
      `user_storage_quota in glance-api.conf is "${text}"; give a whole number, optionally followed by B, KB, MB, GB or TB without a space.`,
    );
  }
  return Number(digits) * (FACTORS[unit] ?? 1);
}
