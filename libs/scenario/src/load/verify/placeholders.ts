import { suggest } from '../../schema/nearest';
import type { Path, Tell } from '../problem';
import type { Subject } from './subject';

function verifyText(text: string, { images, stepNames, raw }: Subject, path: Path, tell: Tell): void {
  const names = typeof raw['matrix'] === 'object' && raw['matrix'] !== null ? Object.keys(raw['matrix']) : [];
  const known = ['web', 'project', ...names, ...images.map((name) => `images.${name}.id`), ...stepNames.map((name) => `steps.${name}.id`)]; // prettier-ignore
  for (const [, name = ''] of text.matchAll(/\$\{([^}]*)\}?/g)) {
    if (!known.includes(name)) tell(path, `\${${name}} stands for nothing.${suggest(name, known)}`);
  }
}

function walk(value: unknown, path: Path, visit: (text: string, path: Path) => void): void {
  if (typeof value === 'string') visit(value, path);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) walk(item, [...path, key], visit);
  }
}

/** Each `${name}` must stand for something when the scenario runs. */
export function verifyPlaceholders(subject: Subject, tell: Tell): void {
  for (const key of ['given', 'faults', 'when', 'then']) {
    walk(subject.raw[key], [key], (text, path) => verifyText(text, subject, path, tell));
  }
}
