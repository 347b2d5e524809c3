import { basename } from 'node:path';
import { NAME } from '../../schema/scenario';
import type { Tell } from '../problem';
import type { Subject } from './subject';

/** `scenarios/first-boot.yaml` → `first-boot`. */
export function nameOfFile(file: string): string {
  return basename(file).replace(/\.ya?ml$/, '');
}

/** The name of a scenario is that of its file. */
export function verifyName({ file, raw }: Subject, tell: Tell): void {
  const name = nameOfFile(file);
  if (raw['name'] === undefined && !NAME.test(name)) {
    tell([], `The file is called ${name}: a scenario's name has small letters, digits and "-" only. Rename the file.`);
  }
  if (typeof raw['name'] === 'string' && raw['name'] !== name) {
    tell(['name'], `The scenario is called ${raw['name']} and its file ${name}: give both the same name.`);
  }
}

/** Statuses of servers that tell their fault. */
const FAULTY = ['ERROR', 'DELETED'];

/** `fault: {}`, `headers: {}`, `include: []`. What must be empty says something: `exactly: []`. */
function saysNothing(name: string, part: unknown): boolean {
  return name !== 'exactly' && typeof part === 'object' && part !== null && Object.keys(part).length === 0;
}

/** An assertion that says nothing would always hold. */
export function verifyAssertions({ assertions }: Subject, tell: Tell): void {
  for (const { value, path } of assertions) {
    const { duration, count, server } = value;
    if (duration && duration.at_least === undefined && duration.at_most === undefined) tell([...path, 'duration'], 'Give at_least or at_most.'); // prettier-ignore
    if (typeof count?.is === 'object' && count.is.min === undefined && count.is.max === undefined) tell([...path, 'count', 'is'], 'Give min or max.'); // prettier-ignore
    if (server?.fault && !FAULTY.includes(server.status ?? 'ERROR')) tell([...path, 'server', 'fault'], `A server that is ${server.status} tells no fault: say status: ERROR, or take fault away.`); // prettier-ignore
    if (duration && (duration.at_least ?? 0) > (duration.at_most ?? Infinity)) tell([...path, 'duration'], 'at_least is more than at_most, so it would never hold: change one of them.'); // prettier-ignore
    if (typeof count?.is === 'object' && (count.is.min ?? 0) > (count.is.max ?? Infinity)) tell([...path, 'count', 'is'], 'min is more than max, so it would never hold: change one of them.'); // prettier-ignore
    for (const key of ['present', 'absent', 'server', 'image', 'http', 'service_edges'] as const) {
      const said = value[key];
      if (typeof said === 'object' && Object.entries(said).every(([name, part]) => name === 'of' || saysNothing(name, part))) tell([...path, key], `Say what ${key} must have: with nothing in it, it would always hold.`); // prettier-ignore
    }
  }
}
