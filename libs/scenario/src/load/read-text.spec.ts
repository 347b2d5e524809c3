import fc from 'fast-check';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { loadScenario } from './load-scenario';
import { problems, RIGHT } from './testing/right-scenario';

describe('the text of a scenario', () => {
  it.each([
    ['an empty file', '', 'x.yaml:1:1: The file is empty'],
    ['a list', '- 1\n', 'x.yaml:1:1: A scenario is a map'],
    ['an open bracket', 'a: [1,\nb: 2\n', 'x.yaml:2:1: The indentation does not fit'],
    ['a tab', 'a:\n\tb: 1\n', 'x.yaml:2:1: A tab indents this line'],
    ['a duplicate key', `${stringify(RIGHT)}title: again\n`, 'This key stands here a second time'],
    ['an anchor', 'a: &here 1\n', 'x.yaml:1:10: A scenario has no anchors: take away &here.'],
    ['an alias', 'a: 1\nb: *here\n', 'x.yaml:2:4: A scenario has no aliases: write out what *here stands for.'],
    ['a cyclic reference', 'a: &a\n  - *a\n', 'x.yaml:2:5: *a stands inside &a, so it would never end'],
    ['a merge key', '<<: { a: 1 }\n', 'x.yaml:1:1: A scenario has no merge keys'],
    ['a tag', 'a: !js 1\n', 'x.yaml:1:4: A scenario has no tags'],
    ['a key that is a map', '? { a: 1 }\n: 2\n', 'x.yaml:1:3: A key is one word here'],
    ['two documents', `${stringify(RIGHT)}---\na: 1\n`, 'A second document starts here: one file holds one scenario.'],
    ['brackets without end', '['.repeat(100_000), 'x.yaml:1:51: This is nested deeper than 50 levels'],
    ['more than 1 MiB', 'x'.repeat(1024 ** 2 + 1), 'x.yaml:1:1: The file has 1048577 bytes'],
    ['an empty then', stringify(RIGHT).replace(/then:[^]*/, 'then:\n'), 'then is empty: give a list.'],
  ])('refuses %s', (_what, text, message) => {
    expect(problems(text).join('\n')).toContain(message);
  });

  it('names the line that is not UTF-8', () => {
    expect(problems(Buffer.from([0x61, 0x0a, 0xc3, 0x28]))).toEqual([
      'x.yaml:2:1: This line is not UTF-8: save the file as UTF-8.',
    ]);
  });

  describe('with files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bootlab-scenario-'));
    afterAll(() => rmSync(folder, { recursive: true }));

    it('takes an image file that lies beside the scenario', () => {
      writeFileSync(join(folder, 'disk.img'), 'bytes');
      const text = stringify({ ...RIGHT, given: { images: { cirros: { file: 'disk.img' } } } });
      expect(loadScenario(join(folder, 'x.yaml'), text).problems).toEqual([]);
    });

    it('refuses a file of 10 MB before it is read', () => {
      const file = join(folder, 'large.yaml');
      writeFileSync(file, '');
      truncateSync(file, 10_000_000);
      expect(loadScenario(file).problems).toMatchObject([{ file, line: 1, col: 1 }]);
      expect(loadScenario(file).problems[0]!.message).toContain('The file has 10000000 bytes');
    });

    it('says that a file is not there, or is a folder', () => {
      expect(loadScenario(join(folder, 'none.yaml')).problems[0]!.message).toContain('ENOENT');
      expect(loadScenario(folder).problems[0]!.message).toBe('This is not a file: name a YAML file.');
    });
  });

  it('never throws, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(loadScenario('x.yaml', Buffer.from(bytes)).problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});
