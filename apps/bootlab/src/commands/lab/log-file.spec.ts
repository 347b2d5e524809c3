import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogFile } from './log-file';

describe('LogFile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bootlab-log-'));
  const path = join(folder, 'lab.log');
  const lines = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => `line ${from + index} ${'x'.repeat(100)}`);
  let file: LogFile;

  beforeEach(() => {
    file = new LogFile('lab', path);
    writeFileSync(path, `${lines(0, 3000).join('\n')}\n`);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('gives the last lines of a file longer than one read', () => {
    expect(file.last(2)).toEqual(lines(2998, 3000));
    expect(file.last(1500)).toEqual(lines(1500, 3000));
    expect(file.last(0)).toEqual([]);
    expect(file.last(5000)).toHaveLength(3000);
  });

  it('goes on with whole lines only', () => {
    file.last(1);
    expect(file.more()).toEqual([]);
    appendFileSync(path, 'one\ntw');
    expect(file.more()).toEqual(['one']);
    appendFileSync(path, 'o\nthree\n');
    expect(file.more()).toEqual(['two', 'three']);
  });

  it('reads a fresh file that takes the place of the old one from its start', () => {
    file.last(1);
    renameSync(path, `${path}.1`);
    expect(file.more()).toEqual([]);
    writeFileSync(path, 'fresh\n');
    expect(file.more()).toEqual(['fresh']);
  });

  it('does without a file that is not there yet', () => {
    expect(new LogFile('lab', join(folder, 'absent.log')).last(5)).toEqual([]);
  });
});
