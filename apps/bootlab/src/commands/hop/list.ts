import { allEntries, CatalogueEntry, flows, Level, levelRank, sourceUrl } from '@bootlab/hop';
import { pc } from '../../cli/colors';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { didYouMean } from '../../cli/nearest';
import { print, printJson, terminalWidth } from '../../cli/output';
import { whyNotPlayed } from './find';

export interface HopListOptions {
  level?: Level;
  service?: string;
  flow?: string;
  json?: boolean;
}

const BESIDE = 'beside the flows';

function checkWord(what: string, word: string | undefined, words: string[]): void {
  if (word === undefined || words.includes(word)) return;
  const nearest = didYouMean(word, words);
  throw new Failure(`There is no ${what} ${word}; there are ${words.join(', ')}.${nearest}`, exitCodes.notFound);
}

/** Entries that the lab plays, in the order in which the flows run them; helpers beside the flows last. */
function played(): CatalogueEntry[] {
  const order = new Map([...new Set(Object.values(flows).flat())].map((id, index) => [id, index]));
  const position = ({ id }: CatalogueEntry) => order.get(id) ?? order.size;
  return allEntries()
    .filter((entry) => whyNotPlayed(entry) === undefined)
    .sort((a, b) => position(a) - position(b));
}

function chosen({ level, service, flow }: HopListOptions): CatalogueEntry[] {
  const all = played();
  checkWord('service', service, [...new Set(all.flatMap(({ services = [] }) => services))].sort());
  checkWord('flow', flow, Object.keys(flows));
  const inFlow = flow === undefined ? undefined : new Set(flows[flow]);
  return all.filter(
    (entry) =>
      (level === undefined || levelRank(entry.level!) <= levelRank(level)) &&
      (service === undefined || entry.services?.includes(service)) &&
      (inFlow === undefined || inFlow.has(entry.id)),
  );
}

function line({ id, level, services = [], role }: CatalogueEntry, widths: { id: number; services: number }): string {
  const columns = [level!.padEnd(6), services.join(', ').padEnd(widths.services), id.padEnd(widths.id)];
  const room = terminalWidth() - columns.join('  ').length - 2;
  const told = role.length <= room ? role : room > 10 ? `${role.slice(0, room - 1)}…` : '';
  return [columns[0], pc.cyan(columns[1]), columns[2], pc.dim(told)].join('  ').trimEnd();
}

/** Lists the functions that the lab plays. */
export function listHops(options: HopListOptions): Promise<ExitCode> {
  const entries = chosen(options);
  if (options.json) {
    printJson(entries.map((entry) => ({ ...entry, url: sourceUrl(entry) })));
    return Promise.resolve(exitCodes.ok);
  }
  const widths = {
    id: Math.max(0, ...entries.map(({ id }) => id.length)),
    services: Math.max(0, ...entries.map(({ services = [] }) => services.join(', ').length)),
  };
  let title: string | undefined;
  for (const entry of entries) {
    const flow = options.flow ?? entry.flow ?? BESIDE;
    if (flow !== title) print(`${title === undefined ? '' : '\n'}${pc.bold(flow)}`);
    title = flow;
    print(`  ${line(entry, widths)}`);
  }
  print(`\n${entries.length} functions. \`bootlab hop show ID\` tells more about one.`);
  return Promise.resolve(exitCodes.ok);
}
