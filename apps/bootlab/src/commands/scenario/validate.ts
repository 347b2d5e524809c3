import { formatProblem } from '@bootlab/scenario';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { note, print } from '../../cli/output';
import { selectScenarios } from '../../scenario/select';

function files(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}

/** Prints every mistake with its place, one a line. */
export function validateScenarios(selection: string[]): Promise<ExitCode> {
  const selected = selectScenarios(selection);
  const wrong = selected.filter(({ problems }) => problems.length > 0);
  for (const { problems } of wrong) for (const problem of problems) print(formatProblem(problem));
  const right = selected.length - wrong.length;
  note(`${files(right)} ${right === 1 ? 'is' : 'are'} right${wrong.length > 0 ? `, ${files(wrong.length)} not` : ''}.`);
  return Promise.resolve(wrong.length > 0 ? exitCodes.usage : exitCodes.ok);
}
