import { scenarioJsonSchema } from '@bootlab/scenario';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { configurationTables } from './configuration-page';
import { hopsPage } from './hops-page';
import { scenarioReference } from './scenario-reference';

const root = resolve(__dirname, '../..');
const MARK = '<!-- written by `npm run docs` from here on -->';

/** Compares a page with what it should be; `npm run docs` writes it instead. */
function hold(page: string, content: string): void {
  const path = join(root, page);
  if (process.env['UPDATE_DOCS']) writeFileSync(path, content);
  expect(readFileSync(path, 'utf8')).toBe(content);
}

describe('documentation', () => {
  it('lists the hops as the catalogue has them', () => {
    hold('docs/hops.md', hopsPage());
  });

  it('describes every option', () => {
    const [written = ''] = readFileSync(join(root, 'docs/configuration.md'), 'utf8').split(MARK);
    hold('docs/configuration.md', `${written}${MARK}\n\n${configurationTables()}\n`);
  });

  it('describes every key of a scenario', () => {
    const [written = ''] = readFileSync(join(root, 'docs/scenarios.md'), 'utf8').split(MARK);
    hold('docs/scenarios.md', `${written}${MARK}\n\n${scenarioReference()}\n`);
  });

  it('has the language of scenarios as a JSON Schema', () => {
    hold('scenarios/scenario.schema.json', `${JSON.stringify(scenarioJsonSchema(), undefined, 2)}\n`);
  });

  it('links only to files that exist', () => {
    const pages = ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)];
    const dead = pages
      .filter((page) => page.endsWith('.md'))
      .flatMap((page) => {
        const text = readFileSync(join(root, page), 'utf8');
        const targets = [...text.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target = '']) => target);
        const local = targets.filter((target) => !/^https?:/.test(target));
        return local.flatMap((target) => (existsSync(join(root, dirname(page), target)) ? [] : `${page}: ${target}`));
      });
    expect(dead).toEqual([]);
  });
});
