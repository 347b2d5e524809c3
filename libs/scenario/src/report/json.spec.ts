import { renderJson } from './json';
import { runReport, scenarioReport } from './testing/run';

it('is the whole run', () => {
  const run = runReport(scenarioReport());
  expect(JSON.parse(renderJson(run))).toEqual(run);
});
