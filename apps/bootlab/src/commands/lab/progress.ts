import pc from 'picocolors';
import { note } from '../../cli/output';
import { describeExit, LabEvent } from '../../lab';

const NAME_WIDTH = 16;

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** One line for what happened to a service; undefined for what is not worth one. */
export function progressLine(event: LabEvent): string | undefined {
  switch (event.type) {
    case 'ready': {
      const how = event.again ? 'is back after' : 'ready in';
      return `  ${event.service.padEnd(NAME_WIDTH)} ${pc.green(how)} ${seconds(event.afterMs)}  ${event.url}`;
    }
    case 'died': {
      const why = event.exit.message === undefined ? '' : ` (${event.exit.message})`;
      const next =
        event.restartInMs === undefined
          ? 'It died too often and stays down: see `bootlab logs`, then stop and start the lab.'
          : `It starts again in ${seconds(event.restartInMs)}.`;
      return pc.red(`${event.service} (pid ${event.pid}) ${describeExit(event.exit)}${why}. ${next}`);
    }
    case 'stopped':
      return event.killed ? pc.red(`${event.service} did not stop in time and was killed.`) : undefined;
    case 'trouble':
      return pc.red(event.message);
    case 'starting':
      return undefined;
  }
}

/** Tells on standard error what happens to the services. */
export function tellProgress(event: LabEvent): void {
  const line = progressLine(event);
  if (line !== undefined) note(line);
}
