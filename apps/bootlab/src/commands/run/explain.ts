import { AssertionReport, Result, scenarioLabel, ScenarioReport } from '@bootlab/scenario';
import { pc } from '../../cli/colors';

const NAME_WIDTH = 34;

const signs: Record<Result, string> = {
  passed: pc.green('✓'),
  failed: pc.red('✗'),
  broken: pc.red('!'),
  skipped: pc.yellow('-'),
};

/** One line: the result, the time, and the first trace with the way to it. */
export function resultLine(report: ScenarioReport): string {
  const [trace] = report.traces;
  const where = trace === undefined ? '' : `  ${trace.link ?? trace.traceId}`;
  return `${signs[report.result]} ${scenarioLabel(report).padEnd(NAME_WIDTH)} ${report.seconds.toFixed(2).padStart(6)} s${where}`;
}

function explainAssertion({ text, why, place, expected, found, nearest, excerpt }: AssertionReport): string[] {
  const fact = (name: string, value?: string) =>
    value === undefined ? [] : [`      ${pc.bold(name.padEnd(8))}  ${value}`];
  return [
    `    ${pc.red(place)}: ${text}`,
    ...(why === undefined ? [] : [`      ${pc.dim(why)}`]),
    ...fact('expected', expected),
    ...fact('found', found),
    ...nearest.map((line, index) => fact(index === 0 ? 'nearest' : '', line)[0]!),
    ...(excerpt.length === 0 ? [] : ['', ...excerpt.map((line) => `      ${line}`), '']),
  ];
}

/** Why a scenario did not pass, and what to know of one that did. */
export function explain({ reason, assertions, warnings, steps, result }: ScenarioReport): string[] {
  const failed = assertions.filter(({ ok }) => !ok);
  return [
    ...(reason === undefined ? [] : [`    ${reason}`]),
    ...(result === 'failed' || result === 'broken'
      ? steps.map(({ name, summary, outcome }) => pc.dim(`    ${name}: ${summary} → ${outcome}`))
      : []),
    ...failed.flatMap(explainAssertion),
    ...warnings.map((warning) => pc.yellow(`    ${warning}`)),
  ];
}
