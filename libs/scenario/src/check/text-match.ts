const REGEXP = /^\/(.+)\/$/s;

/** Whether text has the part that is wanted; a wanted `/…/` is a regular expression. */
export function textMatches(wanted: string, text: string): boolean {
  const pattern = REGEXP.exec(wanted)?.[1];
  return pattern === undefined ? text.includes(wanted) : new RegExp(pattern, 'u').test(text);
}

/** What is wrong with a `/…/`, a sentence; undefined when nothing is. */
export function textProblem(wanted: string): string | undefined {
  const pattern = REGEXP.exec(wanted)?.[1];
  if (pattern === undefined) return undefined;
  try {
    new RegExp(pattern, 'u');
    return undefined;
  } catch (error) {
    return `${(error as Error).message}. Correct it, or leave out the slashes to look for plain text.`;
  }
}
