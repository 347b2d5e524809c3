import { parseQuota } from './parse-quota';

it.each([
  ['0', 0],
  ['17', 17],
  ['17B', 17],
  ['2KB', 2048],
  ['3MB', 3 * 1024 ** 2],
  ['1GB', 1024 ** 3],
  ['1TB', 1024 ** 4],
])('reads %s', (text, bytes) => {
  expect(parseQuota(text)).toBe(bytes);
});

it.each(['', '-1', '1 GB', '1kb', 'lots'])('refuses "%s" and names the option', (text) => {
  expect(() => parseQuota(text)).toThrow('user_storage_quota');
});
