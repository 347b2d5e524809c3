import { explanation } from './explanation';
import type { AssertionReport, RunReport, ScenarioReport } from './report';
import { scenarioLabel } from './scenario-label';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;' };
/** XML 1.0 has no place for these, not even escaped. */
// eslint-disable-next-line no-control-regex
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

function escapeXml(text: string): string {
  return text.replaceAll(NOT_XML, '\ufffd').replaceAll(/[&<>"\n]/g, (character) => ENTITIES[character]!);
}

function attributes(values: Record<string, string | number>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
}

function element(name: string, values: Record<string, string | number>, children: readonly string[] = []): string {
  const start = `<${name}${attributes(values)}`;
  return children.length === 0 ? `${start}/>` : `${start}>\n${children.join('\n')}\n</${name}>`;
}

function text(name: string, values: Record<string, string | number>, lines: readonly string[]): string {
  const escaped = lines.map(escapeXml).join('\n');
  return `<${name}${attributes(values)}>${escaped}</${name}>`;
}

function assertionCase(assertion: AssertionReport, classname: string): string {
  const message = assertion.found ?? 'it does not hold';
  const failure = assertion.ok ? [] : [text('failure', { type: 'assertion', message }, explanation(assertion))];
  return element('testcase', { classname, name: assertion.text, time: 0 }, failure);
}

/** Where each trace opens, and what to know of the run. */
function told({ traces, warnings }: ScenarioReport): string[] {
  const links = traces.map(({ of, traceId, link = traceId }) => `trace of ${of}: ${link}`);
  const lines = [...links, ...warnings];
  return lines.length === 0 ? [] : [text('system-out', {}, lines)];
}

/** A scenario that was not run to its end has one case that says why. */
function unfinishedCase({ name, result, reason = 'No reason is given.' }: ScenarioReport): string[] {
  if (result !== 'skipped' && result !== 'broken') return [];
  const why =
    result === 'skipped' ? element('skipped', { message: reason }) : text('error', { message: reason }, [reason]);
  return [element('testcase', { classname: name, name: 'the scenario runs', time: 0 }, [why])];
}

function suite(scenario: ScenarioReport, timestamp: string): string {
  const { assertions, result, seconds, name } = scenario;
  const cases = [...assertions.map((assertion) => assertionCase(assertion, name)), ...unfinishedCase(scenario)];
  const values = {
    name: scenarioLabel(scenario),
    tests: cases.length,
    failures: assertions.filter(({ ok }) => !ok).length,
    errors: result === 'broken' ? 1 : 0,
    skipped: result === 'skipped' ? 1 : 0,
    time: seconds.toFixed(3),
    timestamp,
  };
  return element('testsuite', values, [...cases, ...told(scenario)]);
}

/** The run as JUnit XML: a suite for each scenario, a case for each assertion. */
export function renderJunit({ scenarios, seconds, startedAt }: RunReport): string {
  const suites = scenarios.map((scenario) => suite(scenario, startedAt));
  const root = element('testsuites', { name: 'bootlab', time: seconds.toFixed(3) }, suites);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}
