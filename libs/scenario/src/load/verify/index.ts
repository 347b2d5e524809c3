import type { Tell } from '../problem';
import { verifyContents } from './contents';
import { verifyFaults } from './faults';
import { verifyImages } from './images';
import { verifyKinds } from './kinds';
import { verifyPlaceholders } from './placeholders';
import { verifyReferences } from './references';
import { verifySettings } from './settings';
import { verifySpans } from './spans';
import { subjectOf } from './subject';
import { verifyAssertions, verifyName } from './whole';

const all = [
  verifyName,
  verifyImages,
  verifyContents,
  verifySettings,
  verifyFaults,
  verifyReferences,
  verifyKinds,
  verifyPlaceholders,
  verifySpans,
  verifyAssertions,
];

/** Tells what a file says that follows the schema and yet cannot be run. */
export function verify(file: string, raw: Record<string, unknown>, tell: Tell): void {
  const subject = subjectOf(file, raw);
  for (const each of all) each(subject, tell);
}
