import { closest, distance } from 'fastest-levenshtein';

const SHORTEST_PART = 4;

/** The word that has the other in it, or is in it; the one that leaves least over. */
function around(word: string, words: readonly string[]): string | undefined {
  const isPart = (one: string, other: string) => one.length >= SHORTEST_PART && other.includes(one);
  const parts = words.filter((each) => isPart(each.toLowerCase(), word) || isPart(word, each.toLowerCase()));
  return parts.length === 0 ? undefined : closest(word, parts);
}

/** ` Did you mean X?` when one of the words is near enough to be meant; else ` It is one of …`, when they are few. */
export function suggest(word: string, words: readonly string[]): string {
  if (words.length === 0) return '';
  const small = word.toLowerCase();
  const near = around(small, words) ?? words.find((each) => each.toLowerCase() === small) ?? closest(word, words);
  const farthest = Math.max(2, Math.ceil(Math.max(word.length, near.length) / 3));
  if (near === around(small, words) || distance(small, near.toLowerCase()) <= farthest) return ` Did you mean ${near}?`;
  return words.length <= 20 ? ` It is one of ${words.join(', ')}.` : '';
}
