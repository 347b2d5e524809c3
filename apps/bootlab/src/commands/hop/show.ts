import { callersOf, CatalogueEntry, hopName, Raise, sourceUrl } from '@bootlab/hop';
import { pc } from '../../cli/colors';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { print, printJson } from '../../cli/output';
import { sheet } from '../../cli/table';
import { findHop, whyNotPlayed } from './find';

function list(title: string, lines: string[]): void {
  if (lines.length === 0) return;
  print(`\n${pc.bold(title)}`);
  for (const line of lines) print(`  ${line}`);
}

function call(id: string, how: string | undefined): string {
  return how === undefined ? id : `${id} ${pc.dim(`(${how})`)}`;
}

function raise({ exception, when, http, outcome }: Raise): string {
  const result = [http === undefined ? '' : `HTTP ${http}`, outcome ?? ''].filter((part) => part !== '').join(', ');
  return `${exception}${when === undefined ? '' : ` when: ${when}`}${result === '' ? '' : ` → ${result}`}`;
}

function describe(entry: CatalogueEntry): void {
  const { id, repo, file, lines, role, kind, level, services = [], flow, ref = 'queens-eol' } = entry;
  const reason = whyNotPlayed(entry);
  print(pc.bold(hopName(id)));
  print(id);
  print();
  print(
    sheet({
      Function: `${file}, lines ${lines[0]} to ${lines[1]} (${repo} at ${ref})`,
      Source: sourceUrl(entry),
      Role: role,
      Kind: kind,
      ...(reason === undefined ? { Level: level, Services: services.join(', ') } : { 'Not played': reason }),
      Flow: flow,
    }),
  );
  list('Called by', callersOf(id));
  list(
    'Calls',
    (entry.calls ?? []).map((callee) => call(callee, entry.via?.[callee])),
  );
  list('Passes on to', [...(entry.next ?? []), ...(entry.remoteNext === undefined ? [] : [entry.remoteNext])]);
  list('Raises', (entry.raises ?? []).map(raise));
}

/** Shows what is known of one function. */
export function showHop(wanted: string, { json = false }: { json?: boolean }): Promise<ExitCode> {
  const entry = findHop(wanted);
  const notPlayed = whyNotPlayed(entry);
  if (json) {
    printJson({
      ...entry,
      url: sourceUrl(entry),
      callers: callersOf(entry.id),
      played: notPlayed === undefined,
      notPlayed,
    });
  } else {
    describe(entry);
  }
  return Promise.resolve(exitCodes.ok);
}
