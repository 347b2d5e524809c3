import { formatGoDuration, parseGoDuration } from './jaeger-duration';

describe('parseGoDuration', () => {
  it.each([
    ['0', 0],
    ['100ms', 1e8],
    ['1.2s', 1.2e9],
    ['.5us', 500],
    ['7µs', 7000],
    ['7μs', 7000],
    ['1h15m30.5s', 4_530.5e9],
    ['-2ns', -2],
  ])('reads %s', (text, nanos) => expect(parseGoDuration(text)).toBe(nanos));

  it.each(['', '5', 's', '1.2.3s', '1s ', '1 s', '5d', '1sx', '-'])('refuses %j', (text) =>
    expect(parseGoDuration(text)).toBeUndefined(),
  );
});

describe('formatGoDuration', () => {
  it.each([
    [0, '0s'],
    [999, '999ns'],
    [1500, '1.5µs'],
    [-250_000, '-250µs'],
    [1_234_567, '1.234567ms'],
    [1_500_000_000, '1.5s'],
    [61e9, '1m1s'],
    [3603e9, '1h0m3s'],
  ])('writes %d', (nanos, text) => expect(formatGoDuration(nanos)).toBe(text));
});
