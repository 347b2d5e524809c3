import type { ScenarioReport } from '../report';
import { caseLabel } from '../scenario-label';
import { traceAnchor } from './anchor';
import { assertionList } from './assertion-list';
import { faultList } from './fault-list';
import { Html, html } from '@bootlab/html';
import { renderMarkdown } from './markdown';
import { traceSection } from './trace-section';

function learn({ learn }: ScenarioReport): Html | undefined {
  if (learn.length === 0) return undefined;
  return html`<h3>What to look at</h3>
    <ul>
      ${learn.map(({ hop, look }) => html`<li>${hop === undefined ? undefined : html`<code>${hop}</code>: `}${look}</li>`)}
    </ul>`;
}

function steps({ steps }: ScenarioReport): Html | undefined {
  if (steps.length === 0) return undefined;
  return html`<h3>Steps</h3>
    <div class="scroll" tabindex="0" role="region" aria-label="Steps">
      <table>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">What</th>
            <th scope="col">Outcome</th>
            <th scope="col" class="number">Seconds</th>
          </tr>
        </thead>
        <tbody>
          ${steps.map(
            ({ name, summary, outcome, seconds }) =>
              html`<tr>
                <td>${name}</td>
                <td>${summary}</td>
                <td class="wide">${outcome}</td>
                <td class="number">${seconds.toFixed(2)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

/** One run of a scenario, from what it is about to every detail of its traces. */
export function scenarioSection(scenario: ScenarioReport, id: string): Html {
  const { title, name, file, about, result, reason, seconds, faults, assertions, warnings, traces, level } = scenario;
  const values = caseLabel(scenario);
  const repeat = scenario.repeat === undefined ? '' : `, repetition ${scenario.repeat}`;
  return html`<article id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    <p>
      <span class="result ${result}">${result}</span>
      <span class="soft"
        >in ${seconds.toFixed(2)} s${repeat}; ${name}${values === '' ? '' : `, ${values}`}; ${file}</span
      >
    </p>
    ${reason === undefined ? undefined : html`<p class="${result}">${reason}</p>`}
    ${warnings.map((warning) => html`<p class="warn">Warning: ${warning}</p>`)}
    <div class="about">${renderMarkdown(about)}</div>
    ${learn(scenario)}
    ${
      assertions.length === 0
        ? undefined
        : html`<h3>What must hold</h3>
            ${assertionList(assertions)}`
    }
    ${faults.length === 0 ? undefined : faultList(faults)} ${steps(scenario)}
    ${traces.map(
      (trace) =>
        html`<section id="${traceAnchor(trace.traceId)}">
          <h3>Trace of ${trace.of}</h3>
          ${traceSection(trace, level, 4)}
        </section>`,
    )}
  </article>`;
}
