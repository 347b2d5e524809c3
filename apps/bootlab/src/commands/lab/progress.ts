import { pc } from '../../cli/colors';
import { note } from '../../cli/output';
import { describeEvent, LabEvent } from '../../lab';

/** Tells on standard error what happens to the services. */
export function tellProgress(event: LabEvent): void {
  const line = describeEvent(event);
  if (line !== undefined) note(event.type === 'ready' ? line : pc.red(line));
}
