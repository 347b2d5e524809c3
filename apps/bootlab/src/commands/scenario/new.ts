import { existsSync } from 'node:fs';
import { formatProblem, loadScenario } from '@bootlab/scenario';
import { projectRoot } from '@bootlab/openstack';
import { dirname, join, relative, resolve } from 'node:path';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { note } from '../../cli/output';
import { writeWholeFile } from '../../cli/whole-file';
import { starter } from './starter';

export interface NewOptions {
  title?: string;
  output?: string;
}

/** Where editors find the keys of a scenario, as seen from its folder. */
function schemaFrom(path: string): string {
  const schema = relative(dirname(resolve(path)), join(projectRoot(), 'scenarios/scenario.schema.json'));
  return schema.startsWith('.') ? schema : `./${schema}`;
}

/** Writes a commented scenario under a name that no file has yet. */
export async function newScenario(
  name: string,
  { title = 'What happens, in one line', output }: NewOptions,
): Promise<ExitCode> {
  const path = output ?? `${name}.yaml`;
  const text = starter(name, title, schemaFrom(path));
  const { problems } = loadScenario(path, text);
  if (problems.length > 0) throw new Failure(`This would not be a scenario:\n${problems.map(formatProblem).join('\n')}`, exitCodes.usage); // prettier-ignore
  if (existsSync(path)) throw new Failure(`${path} is there already: name another file with -o, or remove it.`, exitCodes.usage); // prettier-ignore
  await writeWholeFile(path, lines(text));
  note(`Wrote ${path}. Change it, then \`bootlab scenario validate ${path}\` and \`bootlab run ${path}\`.`);
  return exitCodes.ok;
}

async function* lines(text: string): AsyncIterable<string> {
  yield text;
}
