import type { Result, RunReport } from '../report';
import { html } from '@bootlab/html';
import { page } from './page';
import { scenarioSection } from './scenario-section';
import { summaryTable } from './summary-table';

const RESULTS: readonly Result[] = ['passed', 'failed', 'broken', 'skipped'];

/** The run as one document that needs nothing beside it. */
export function renderHtml({ scenarios, startedAt, seconds, seed }: RunReport): string {
  const idOf = (index: number) => `scenario-${index + 1}`;
  const counts = RESULTS.map((result) => ({ result, count: scenarios.filter((one) => one.result === result).length }));
  const told = counts.filter(({ count }) => count > 0).map(({ result, count }) => `${count} ${result}`);
  return page(
    'Nova Boot Lab: scenarios',
    html`<h1>Scenarios: ${told.join(', ') || 'none was run'}</h1>
      <p class="soft">
        Started <time datetime="${startedAt}">${startedAt}</time>, took ${seconds.toFixed(1)} s, seed ${seed}
      </p>
      ${summaryTable(scenarios, idOf)} ${scenarios.map((scenario, index) => scenarioSection(scenario, idOf(index)))}`,
  );
}
