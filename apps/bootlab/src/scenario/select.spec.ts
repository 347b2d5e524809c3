import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { starter } from '../commands/scenario/starter';
import { scenarioName, selectScenarios } from './select';

function names(...args: string[]): string[] {
  return selectScenarios(args).map(({ file }) => scenarioName(file));
}

describe('selectScenarios', () => {
  const before = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'bootlab-select-'));

  beforeAll(() => {
    mkdirSync(join(folder, 'scenarios/more'), { recursive: true });
    writeFileSync(join(folder, 'scenarios/one.yaml'), starter('one', 'One', './scenario.schema.json'));
    writeFileSync(
      join(folder, 'scenarios/more/two.yaml'),
      starter('two', 'Two', './scenario.schema.json').replace('[mine]', '[mine, other]'),
    );
    writeFileSync(join(folder, 'scenarios/wrong.yaml'), 'name: wrong\n');
    process.chdir(folder);
  });
  afterAll(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });

  it('takes all when nothing is named, those with mistakes too', () => {
    expect(names()).toEqual(['two', 'one', 'wrong']);
    expect(selectScenarios(['wrong'])[0]!.problems.length).toBeGreaterThan(0);
  });

  it('takes names, tags, files and folders, each file once', () => {
    expect(names('one')).toEqual(['one']);
    expect(names('mine')).toEqual(['two', 'one']);
    expect(names('scenarios/more', 'other', 'scenarios/one.yaml', 'one')).toEqual(['two', 'one']);
  });

  it('suggests the nearest word', () => {
    expect(() => names('othr')).toThrow('No scenario, tag, file or folder is called othr. Did you mean other?');
    expect(() => names('./none.yaml')).toThrow('./none.yaml is not there.');
  });
});
