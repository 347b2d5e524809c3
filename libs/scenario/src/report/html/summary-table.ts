import type { ScenarioReport } from '../report';
import { Html, html } from '@bootlab/html';

/** Columns of the matrix, when any scenario has one. */
function matrixNames(scenarios: readonly ScenarioReport[]): string[] {
  return [...new Set(scenarios.flatMap(({ case: values = {} }) => Object.keys(values)))];
}

/** One row a run: a matrix has a row for each of its cases. */
export function summaryTable(scenarios: readonly ScenarioReport[], idOf: (index: number) => string): Html {
  const names = matrixNames(scenarios);
  const rows = scenarios.map((scenario, index) => {
    const { title, name, result, assertions, seconds, warnings, case: values = {}, repeat } = scenario;
    const held = assertions.filter(({ ok }) => ok).length;
    return html`<tr>
      <td class="result ${result}">${result}</td>
      <td class="wide">
        <a href="#${idOf(index)}">${title}</a>
        <span class="soft">${name}${repeat === undefined ? '' : ` #${repeat}`}</span>
      </td>
      ${names.map((column) => html`<td>${values[column] === undefined ? '' : String(values[column])}</td>`)}
      <td class="number">${held} of ${assertions.length}</td>
      <td class="number">${warnings.length === 0 ? '' : warnings.length}</td>
      <td class="number">${seconds.toFixed(2)}</td>
    </tr> `;
  });
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Summary">
    <table>
      <thead>
        <tr>
          <th scope="col">Result</th>
          <th scope="col">Scenario</th>
          ${names.map((column) => html`<th scope="col">${column}</th>`)}
          <th scope="col" class="number">Held</th>
          <th scope="col" class="number">Warnings</th>
          <th scope="col" class="number">Seconds</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
