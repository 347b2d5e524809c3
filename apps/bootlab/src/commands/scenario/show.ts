import {
  describeAssertion,
  describeFault,
  describeImage,
  describeStep,
  NamedStep,
  ScenarioCase,
  shortHop,
} from '@bootlab/scenario';
import { pc } from '../../cli/colors';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { print, printJson } from '../../cli/output';
import { selectScenarios } from '../../scenario/select';
import { renderMarkdown } from './markdown';

function list(title: string, lines: string[]): void {
  if (lines.length === 0) return;
  print(`\n${pc.bold(title)}`);
  for (const line of lines) print(`  ${line}`);
}

function needs({ scenario: { given, matrix } }: ScenarioCase): string[] {
  const { images = {}, flavors = {}, config = {}, policy = {}, web = {}, hosts = {}, roles, cache } = given;
  return [
    ...Object.entries(images).map(([name, image]) => `image ${name}: ${describeImage(image)}`),
    ...Object.entries(flavors).map(
      ([name, { vcpus, ram, disk }]) => `flavor ${name}: ${vcpus} vCPU, ${ram} MiB, ${disk} GiB`,
    ),
    ...Object.keys(web).map((path) => `an HTTP server with ${path}`),
    ...Object.entries(config).flatMap(([file, sections = {}]) =>
      Object.entries(sections).flatMap(([section, options]) =>
        Object.entries(options).map(([name, value]) => `${file}.conf: [${section}] ${name} = ${value}`),
      ),
    ),
    ...Object.entries(policy).map(([name, rule]) => `policy: ${name} is ${rule === '' ? 'for everyone' : rule}`),
    ...(given.property_protections
      ? [`protected properties: ${Object.keys(given.property_protections).join(', ')}`]
      : []),
    ...Object.entries(hosts).map(([name, value]) =>
      name === 'count' ? `${value} compute hosts` : `a compute host with ${name} ${value}`,
    ),
    ...(given.transport === undefined ? [] : [`messages over ${given.transport}`]),
    ...(given.database === undefined ? [] : [`rows in ${given.database}`]),
    ...(cache === 'warm' ? ['each image booted once before'] : []),
    ...(roles.join() === 'member' ? [] : [`a user with the roles ${roles.join(', ')}`]),
    ...Object.entries(matrix ?? {}).map(([name, values]) => `run once for each ${name} of ${values.join(', ')}`),
  ];
}

function stepLines(steps: NamedStep[]): string[] {
  return steps.map(
    (step, index) => `${index + 1}. ${describeStep(step)}${step.parallel ? '' : pc.dim(` (${step.as})`)}`,
  );
}

/** Tells one scenario in words; of a matrix, its first case. */
export function showScenario(wanted: string, { json = false }: { json?: boolean }): Promise<ExitCode> {
  const [selected, another] = selectScenarios([wanted]);
  if (another) throw new Failure(`${wanted} stands for several scenarios: \`bootlab scenario list ${wanted}\` names them.`, exitCodes.usage); // prettier-ignore
  const [first] = selected!.cases;
  if (!first) throw new Failure(`${selected!.file} has mistakes: \`bootlab scenario validate ${selected!.file}\` tells them.`, exitCodes.usage); // prettier-ignore
  const { scenario } = first;
  if (json) {
    printJson({ file: first.file, ...scenario });
    return Promise.resolve(exitCodes.ok);
  }
  print(
    `${pc.bold(scenario.title)}\n${pc.dim(`${scenario.name} · ${first.file}${scenario.tags.map((tag) => ` · ${tag}`).join('')}`)}`,
  );
  print(`\n${renderMarkdown(scenario.about)}`);
  list('What to look at', scenario.learn.map((each) => typeof each === 'string' ? each : `${each.hop === undefined ? '' : `${pc.cyan(shortHop(each.hop))}: `}${each.look}`)); // prettier-ignore
  list('What it needs', needs(first));
  list('What breaks', scenario.faults.map(describeFault));
  list('Steps', stepLines(scenario.when));
  list(
    'What must hold',
    scenario.then.map((assertion) => `- ${describeAssertion(assertion)}`),
  );
  return Promise.resolve(exitCodes.ok);
}
