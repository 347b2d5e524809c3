import type { Command } from 'commander';
import { group, lazily, leaf } from '../../cli/leaf';

/** `scenario list`, `scenario show`, `scenario validate`, `scenario new`. */
export function defineScenario(program: Command): void {
  const scenario = group(program, 'scenario', 'list, read, check and start scripted boots');

  leaf(scenario, 'list', 'list the scenarios, by their first tag', [
    ['bootlab scenario list', 'all of them'],
    ['bootlab scenario list store error', 'those with one of these tags'],
  ])
    .argument('[selection...]', 'names, tags, files or folders')
    .option('--json', 'print JSON')
    .action(lazily(async () => (await import('./list')).listScenarios));

  leaf(scenario, 'show', 'tell one scenario in words: its story, its steps, what must hold', [
    ['bootlab scenario show first-boot', 'by its name'],
    ['bootlab scenario show ./mine.yaml', 'or its file'],
  ])
    .argument('<scenario>', 'name or file')
    .option('--json', 'print JSON')
    .action(lazily(async () => (await import('./show')).showScenario));

  leaf(scenario, 'validate', 'tell every mistake in scenarios, without running them', [
    ['bootlab scenario validate', 'all of them'],
    ['bootlab scenario validate mine.yaml course/', 'a file and a folder'],
  ])
    .argument('[selection...]', 'files, folders, names or tags')
    .action(lazily(async () => (await import('./validate')).validateScenarios));

  leaf(scenario, 'new', 'write a scenario to start from, with comments', [
    ['bootlab scenario new slow-registry', 'writes slow-registry.yaml'],
    ['bootlab scenario new slow-registry -o scenarios/slow-registry.yaml --title "The registry is slow"', 'elsewhere'],
  ])
    .argument('<name>', 'small letters, digits and "-"')
    .option('--title <title>', 'one line that tells what happens')
    .option('-o, --output <file>', 'where to write it; NAME.yaml in the working folder when left out')
    .action(lazily(async () => (await import('./new')).newScenario));
}
