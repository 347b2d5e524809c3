import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertPlace } from './report-place';

describe('assertPlace', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bootlab-report-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('lets pass what can be written, new or again', () => {
    writeFileSync(join(folder, 'old.html'), '');
    expect(() => assertPlace(join(folder, 'new.html'))).not.toThrow();
    expect(() => assertPlace(join(folder, 'old.html'))).not.toThrow();
    expect(() => assertPlace('report.html')).not.toThrow();
  });

  it('refuses a folder that is not there, or is a file, and a file that is a folder', () => {
    expect(() => assertPlace(join(folder, 'none', 'x.html'))).toThrow(/none\/ \(ENOENT\): name another place/);
    expect(() => assertPlace(join(folder, 'old.html', 'x.html'))).toThrow(/old\.html\/ \(ENOTDIR\)/);
    expect(() => assertPlace(folder)).toThrow('is a folder: name a file');
  });
});
