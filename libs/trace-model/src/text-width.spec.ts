import fc from 'fast-check';
import { displayWidth, fit, fitRight, printable, truncate } from './text-width';

describe('displayWidth', () => {
  it.each([
    ['abc', 3],
    ['_get_image…', 11],
    ['é', 1],
    ['e\u0301', 1],
    ['映像', 4],
    ['한글', 4],
    ['ｱ', 1],
    ['👍', 2],
    ['👩‍👩‍👧', 2],
    ['├─ ✗ █▏', 7],
    ['\u200b', 0],
  ])('%s takes %d columns', (text, width) => expect(displayWidth(text)).toBe(width));
});

describe('printable', () => {
  it('lets no text steer the terminal', () => {
    expect(printable('a\nb\t c\u001b[31mred\u202e\ud800')).toBe('a b c\ufffd[31mred\ufffd\ufffd');
  });
});

describe('truncate and fit', () => {
  it('cut between characters and say so', () => {
    expect(truncate('abcdef', 4)).toBe('abc…');
    expect(truncate('映像映像', 4)).toBe('映…');
    expect(truncate('abc', 3)).toBe('abc');
    expect(truncate('abc', 0)).toBe('');
    expect(fit('映像映像', 4)).toBe('映… ');
    expect(fitRight('ab', 4)).toBe('  ab');
  });

  it('give exactly the width asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, width) => {
        expect(displayWidth(fit(printable(text), width))).toBe(width);
        expect(displayWidth(fitRight(printable(text), width))).toBe(width);
      }),
    );
  });
});
