import { stripVTControlCharacters as plain } from 'node:util';
import { formatLogLine, logLine } from './log-line';

const RAW =
  '{"level":30,"time":"2026-11-22T20:35:31.300Z","service":"registry","request_id":"req-1","trace_id":"abc","msg":"hello"}';

describe('log lines', () => {
  it('are shown with time, level, service, message and ids', () => {
    expect(plain(formatLogLine(logLine('registry', RAW)))).toBe(
      '20:35:31.300 INFO  registry        hello  req-1 trace abc',
    );
  });

  it('show the stack of an error below it', () => {
    const raw =
      '{"level":50,"time":"2026-11-22T20:35:31.300Z","msg":"broke","err":{"stack":"Error: broke\\n    at x"}}';
    expect(plain(formatLogLine(logLine('lab', raw)))).toBe(
      '20:35:31.300 ERROR lab             broke\nError: broke\n    at x',
    );
  });

  it('that are no JSON stay as they are, and take the time of the line before', () => {
    const line = logLine('lab', 'Segmentation fault', '2026-11-22T20:35:31.300Z');
    expect(line.time).toBe('2026-11-22T20:35:31.300Z');
    expect(plain(formatLogLine(line))).toBe(`${' '.repeat(19)}lab             Segmentation fault`);
    expect(logLine('lab', '{"half').fields).toBeUndefined();
  });
});
