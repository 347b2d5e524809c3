import { formatDuration } from './duration';
import { normalizeTraceId } from './id';
import { addNano, compareNano, nanoBetween, nanoOfMicros, unixMicros } from './time';

describe('points in time', () => {
  it('compare and subtract exactly', () => {
    expect(['10', '9', '1795368871000000001', '1795368871000000000'].sort(compareNano)).toEqual([
      '9',
      '10',
      '1795368871000000000',
      '1795368871000000001',
    ]);
    expect(nanoBetween('1795368871000000001', '1795368871000000000')).toBe(-1);
    expect(addNano('1795368871999999999', 1)).toBe('1795368872000000000');
  });

  it('turn into microseconds and back', () => {
    expect(unixMicros('1795368871000000999')).toBe(1_795_368_871_000_000);
    expect(unixMicros('999')).toBe(0);
    expect(nanoOfMicros(1_795_368_871_000_001)).toBe('1795368871000001000');
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0 ns'],
    [999, '999 ns'],
    [87_000, '87 µs'],
    [4_560_000, '4.56 ms'],
    [12_340_000, '12.3 ms'],
    [123_400_000, '123 ms'],
    [1_500_000_000, '1.50 s'],
    [59_940_000_000, '59.9 s'],
    [187_000_000_000, '3 min 07 s'],
  ])('%d ns is %s', (nanos, text) => expect(formatDuration(nanos)).toBe(text));
});

describe('normalizeTraceId', () => {
  it.each([
    ['5B8EFFF798038103D269B633813FC60C', '5b8efff798038103d269b633813fc60c'],
    ['D269B633813FC60C', '0000000000000000d269b633813fc60c'],
    ['0'.repeat(32), undefined],
    ['d269', undefined],
    ['g'.repeat(32), undefined],
    ['', undefined],
  ])('%s', (text, id) => expect(normalizeTraceId(text)).toBe(id));
});
