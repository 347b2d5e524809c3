import type { AssertionReport } from './report';

/** Why an assertion failed, as lines of plain text. */
export function explanation({ expected, found, nearest, excerpt, place }: AssertionReport): string[] {
  return [
    place,
    ...(expected === undefined ? [] : [`expected: ${expected}`]),
    ...(found === undefined ? [] : [`found: ${found}`]),
    ...(nearest.length === 0 ? [] : ['nearest:', ...nearest.map((line) => `  ${line}`)]),
    ...(excerpt.length === 0 ? [] : ['', ...excerpt]),
  ];
}
