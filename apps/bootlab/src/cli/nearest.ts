import { closest, distance } from 'fastest-levenshtein';

/** ` Did you mean X?` when one of the words is near enough to be meant, else nothing. */
export function didYouMean(word: string, words: readonly string[]): string {
  if (words.length === 0) return '';
  const nearest = closest(word, words);
  const tolerance = Math.max(2, Math.ceil(Math.max(word.length, nearest.length) / 2));
  return distance(word, nearest) <= tolerance ? ` Did you mean ${nearest}?` : '';
}
