import { closest, distance } from 'fastest-levenshtein';

/** ` Did you mean X?` when one of the words is near enough to be meant, else nothing. */
export function didYouMean(word: string, words: readonly string[]): string {
  if (words.length === 0) return '';
  const nearest = closest(word, words);
  const longer = Math.max(word.length, nearest.length);
  const tolerance = Math.min(longer - 1, Math.max(2, Math.ceil(longer / 2)));
  return distance(word, nearest) <= tolerance ? ` Did you mean ${nearest}?` : '';
}
