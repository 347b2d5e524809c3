import { pc } from '../../cli/colors';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { note, print, printJson } from '../../cli/output';
import { table } from '../../cli/table';
import { scenarioName, selectScenarios, SelectedFile } from '../../scenario/select';

function summary({ file, cases, problems }: SelectedFile) {
  const [first] = cases;
  return {
    name: scenarioName(file),
    title: first?.scenario.title,
    tags: first?.scenario.tags ?? [],
    cases: cases.length,
    file,
    problems: problems.length,
  };
}

/** Lists scenarios in groups by their first tag. */
export function listScenarios(selection: string[], { json = false }: { json?: boolean }): Promise<ExitCode> {
  const found = selectScenarios(selection).map(summary);
  if (json) {
    printJson(found);
    return Promise.resolve(exitCodes.ok);
  }
  const groups = new Map<string, typeof found>();
  for (const each of found) {
    const group = each.problems > 0 ? 'with mistakes' : (each.tags[0] ?? 'without a tag');
    groups.set(group, [...(groups.get(group) ?? []), each]);
  }
  for (const [group, members] of [...groups].sort(([a], [b]) => a.localeCompare(b))) {
    print(pc.bold(group));
    const rows = members.map(({ name, title, tags, cases }) => [name, title, cases > 1 ? cases : 1, tags.join(', ')]);
    print(`${table(['Name', 'Title', 'Runs', 'Tags'], rows)}\n`);
  }
  note('`bootlab scenario show NAME` tells more about one, `bootlab run NAME` runs it.');
  return Promise.resolve(exitCodes.ok);
}
