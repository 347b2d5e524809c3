import type { Document, LineCounter } from 'yaml';
import type { z } from 'zod';
import { scenario } from '../schema/scenario';
import { Finding, Findings } from './issues';
import { casesOf, describeCase, MOST_CASES, substitute } from './matrix';
import { nameSteps } from './name-steps';
import { Places } from './node-at';
import { parseYaml, TooDeep } from './parse-yaml';
import type { Path, Problem } from './problem';
import { readText } from './read-text';
import type { CaseValues, LoadedFile, LoadedScenario, ScenarioCase } from './scenario-case';
import { verify } from './verify';
import { nameOfFile } from './verify/whole';
import { yamlSlips } from './yaml-problems';

type Raw = Record<string, unknown>;
type Read = { documents: Document[]; lines: LineCounter } | { deep: TooDeep };

function read(text: string): Read {
  try {
    return parseYaml(text);
  } catch (error) {
    if (error instanceof TooDeep) return { deep: error };
    throw error;
  }
}

/** What the file leaves to its own name is filled in. */
function named(file: string, data: z.output<typeof scenario>): LoadedScenario {
  const { name = nameOfFile(file), about = '' } = data;
  return { ...data, name, title: data.title ?? name, about, when: nameSteps(data.when) };
}

/** One case, and what is wrong with it. */
function loadCase(file: string, raw: Raw, values: CaseValues | undefined, places: Places) {
  const filled = values === undefined ? raw : { ...(substitute(raw, values) as Raw), matrix: raw['matrix'] };
  const parsed = scenario.safeParse(filled);
  const findings: Finding[] = parsed.success ? [] : new Findings(scenario, filled).of(parsed.error.issues);
  verify(file, filled, (path, message) => findings.push({ path, message }));
  const placeOf = (path: Path) => {
    const { line, col } = places.of(path);
    return `${file}:${line}:${col}`;
  };
  const one: ScenarioCase | undefined = parsed.data && {
    scenario: named(file, parsed.data),
    ...(values === undefined ? {} : { case: values }),
    file,
    placeOf,
  };
  return { one, findings, values };
}

/** The findings of all cases; one that not every case has names the first case that has it. */
function together(cases: ReturnType<typeof loadCase>[]): Finding[] {
  const found = new Map<string, { finding: Finding; in: CaseValues | undefined; count: number }>();
  for (const { findings, values } of cases) {
    const keys = new Map(
      findings.map((finding) => [`${finding.path.map(String).join('/')} ${finding.message}`, finding]),
    );
    for (const [key, finding] of keys) {
      const known = found.get(key);
      if (known) known.count += 1;
      else found.set(key, { finding, in: values, count: 1 });
    }
  }
  return [...found.values()].map(({ finding, in: values, count }) =>
    count === cases.length || values === undefined
      ? finding
      : { ...finding, message: `With ${describeCase(values)}: ${finding.message}` },
  );
}

function inOrder(problems: Problem[]): Problem[] {
  return problems.sort((a, b) => a.line - b.line || a.col - b.col);
}

/**
 * Reads a scenario, from `text` when it is given, without running anything. Bad files give problems, never an error.
 * @param file path as it is to be shown; its folder is where the images' files are looked for
 */
export function loadScenario(file: string, text?: string | Buffer): LoadedFile {
  const read_ = readText(file, text);
  if ('problem' in read_) return { cases: [], problems: [read_.problem] };
  const yaml = read(read_.text);
  if ('deep' in yaml) {
    const before = read_.text.slice(0, yaml.deep.offset).split('\n');
    const problem = { file, line: before.length, col: before.at(-1)!.length + 1, message: yaml.deep.message };
    return { cases: [], problems: [problem] };
  }
  const [document] = yaml.documents;
  const { slips, fatal } = yamlSlips(yaml.documents);
  const places = document && new Places(document, yaml.lines);
  const problems = slips.map(({ offset, message }) => ({
    file,
    ...(places?.at(offset) ?? { line: 1, col: 1 }),
    message,
  }));
  if (!document || !places || fatal) return { cases: [], problems: inOrder(problems) };

  const raw = document.toJS() as Raw;
  const values = casesOf(raw['matrix']);
  if (!values) {
    const message = `This matrix has more than ${MOST_CASES} cases: take values away, or make two scenarios.`;
    return { cases: [], problems: inOrder([...problems, { file, ...places.ofKey(['matrix']), message }]) };
  }
  const cases = values.map((each) => loadCase(file, raw, each, places));
  for (const { path, message, ofKey } of together(cases)) {
    problems.push({ file, ...(ofKey ? places.ofKey(path) : places.of(path)), message });
  }
  return problems.length > 0
    ? { cases: [], problems: inOrder(problems) }
    : { cases: cases.map(({ one }) => one!), problems: [] };
}
