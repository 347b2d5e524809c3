import { closest, distance } from 'fastest-levenshtein';

/** ` Did you mean X?` when one of the words is near enough to be meant; else ` It is one of …`, when they are few. */
export function suggest(word: string, words: readonly string[]): string {
  if (words.length === 0) return '';
  const near = closest(word, words);
  if (distance(word, near) <= Math.max(2, Math.ceil(Math.max(word.length, near.length) / 2))) return ` Did you mean ${near}?`; // prettier-ignore
  return words.length <= 20 ? ` It is one of ${words.join(', ')}.` : '';
}
