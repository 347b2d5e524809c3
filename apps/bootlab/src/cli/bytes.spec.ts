import { formatBytes } from './bytes';

it.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1 KiB'],
  [1536, '1.5 KiB'],
  [16 * 1024 * 1024, '16 MiB'],
  [123456789, '118 MiB'],
  [5 * 1024 ** 4, '5 TiB'],
])('%d bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
