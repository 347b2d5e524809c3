import { textMatches, textProblem } from './text-match';

describe('textMatches', () => {
  it.each([
    ['not found', 'Image 7 not found.', true],
    ['Not Found', 'Image 7 not found.', false],
    ['a.c', 'abc', false],
    ['/a.c/', 'xabcx', true],
    ['/^a.c$/', 'xabcx', false],
    ['/', 'a/b', true],
  ])('%s in %s', (wanted, text, matches) => expect(textMatches(wanted, text)).toBe(matches));
});

describe('textProblem', () => {
  it('is silent about plain text and good expressions', () => {
    expect(textProblem('(')).toBeUndefined();
    expect(textProblem('/a+/')).toBeUndefined();
  });

  it('says what is wrong and what to do', () => {
    expect(textProblem('/(/')).toMatch(/^Invalid regular expression.*Correct it, or leave out the slashes/);
  });
});
