import { stripVTControlCharacters as plain } from 'node:util';
import { sheet, table } from './table';

describe('tables', () => {
  it('align columns, show what is absent as a dash and end no line in spaces', () => {
    const text = table(
      ['ID', 'NAME', 'SIZE'],
      [
        ['1', 'cirros', 12],
        ['22', undefined, 7],
        ['3', '日本', undefined],
      ],
    );
    expect(plain(text).split('\n')).toEqual(['ID  NAME    SIZE', '1   cirros  12', '22  -       7', '3   日本    -']);
  });

  it('put names and values below each other', () => {
    expect(plain(sheet({ ID: '1', 'Disk format': undefined, Size: 3 }))).toBe(
      'ID           1\nDisk format  -\nSize         3',
    );
  });
});
