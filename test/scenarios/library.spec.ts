import { explanation, loadScenario, RunReport, ScenarioCase, ScenarioReport, scenarioLabel } from '@bootlab/scenario';
import { fromJaeger } from '@bootlab/trace-model';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Home } from '../bootlab/command';

const ROOT = resolve(__dirname, '../..');
const SCENARIOS = relative('', join(ROOT, 'scenarios'));
const TRACES = join(ROOT, 'traces');
const RUN_TIMEOUT_MS = 360_000;

const files = readdirSync(SCENARIOS)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => join(SCENARIOS, name));
const names = files.map((file) => file.replace(/^.*\/|\.yaml$/g, ''));
const cases = files.flatMap((file) => loadScenario(file).cases);

/** What a report of the case is called. */
function labelOf({ scenario: { name }, case: values }: ScenarioCase): string {
  return scenarioLabel({ name, case: values } as ScenarioReport);
}

/** Whether it runs only where a broker or a database server is; `npm run test:services` says where. */
function needsServer({ scenario: { given } }: ScenarioCase): boolean {
  return given.transport === 'rabbitmq' || !['sqlite', undefined].includes(given.database);
}

/** The reference traces that a case compares with, as docs/scenarios.md names them. */
function referencesOf({ scenario, case: values = {} }: ScenarioCase): string[] {
  const steps = scenario.when.flatMap((step) => step.parallel ?? [step]);
  const [first] = steps.filter(({ wait, restart, stop, cut }) => (wait ?? restart ?? stop ?? cut) === undefined);
  const own = [scenario.name, ...Object.values(values).map((value) => String(value).replaceAll(/[^\w.-]+/g, '_'))];
  return scenario.then.flatMap(({ shape, of = first!.as }) => {
    if (shape === undefined) return [];
    return shape === true ? [...own, ...(of === first!.as ? [] : [of])].join('.') : shape.replace(/\.json$/, '');
  });
}

describe('the library of scenarios', () => {
  it.each(files)('%s has no mistake', (file) => {
    expect(loadScenario(file).problems).toEqual([]);
  });

  it('is the course, and the course is the library', () => {
    const course = readFileSync(join(SCENARIOS, 'README.md'), 'utf8');
    const lessons = [...course.matchAll(/\]\(([\w-]+)\.yaml\)/g)].map(([, name]) => name);
    expect(lessons.sort()).toEqual([...names].sort());
  });

  it('has its reference traces in traces/, and nothing else is there', () => {
    const there = readdirSync(TRACES).map((name) => name.replace(/\.json$/, ''));
    expect(there.sort()).toEqual([...new Set(cases.flatMap(referencesOf))].sort());
  });

  it.each(readdirSync(TRACES))('traces/%s opens as a trace of Jaeger', (name) => {
    expect(fromJaeger(JSON.parse(readFileSync(join(TRACES, name), 'utf8'))).length).toBeGreaterThan(1);
  });

  describe('run as a whole', () => {
    const home = new Home();
    let run: RunReport;

    beforeAll(async () => {
      const report = join(home.path, 'run.json');
      const { stderr } = await home.run('run', SCENARIOS, '--seed', '7', '--report', `json=${report}`);
      try {
        run = JSON.parse(readFileSync(report, 'utf8')) as RunReport;
      } catch (error) {
        throw new Error(`The run wrote no report: ${stderr}`, { cause: error });
      }
    }, RUN_TIMEOUT_MS);
    afterAll(() => home.remove());

    it.each(cases.map((one) => [labelOf(one), one] as const))('%s', (label, one) => {
      const report = run.scenarios.find((candidate) => scenarioLabel(candidate) === label)!;
      if (needsServer(one) && report.result === 'skipped') {
        expect(report.reason).toMatch(/^It needs .+, and none answers at /);
        return;
      }
      const failed = report.assertions.filter(({ ok }) => !ok).map(explanation);
      expect({ result: report.result, reason: report.reason, failed, warnings: report.warnings }).toEqual({
        result: 'passed',
        reason: undefined,
        failed: [],
        warnings: [],
      });
    });

    it('has a report of each case and no other', () => {
      expect(run.scenarios.map(scenarioLabel).sort()).toEqual(cases.map(labelOf).sort());
    });
  });
});
