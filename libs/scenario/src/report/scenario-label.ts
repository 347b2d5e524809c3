import type { ScenarioReport } from './report';

/** The values of the matrix, e.g. `api_version=1, size=4096`. */
export function caseLabel({ case: values = {} }: ScenarioReport): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}

/** What tells a run of a scenario from the others: name, values of the matrix, which repetition. */
export function scenarioLabel(scenario: ScenarioReport): string {
  const values = caseLabel(scenario);
  const repeat = scenario.repeat === undefined ? '' : ` #${scenario.repeat}`;
  return `${scenario.name}${values === '' ? '' : ` [${values}]`}${repeat}`;
}
