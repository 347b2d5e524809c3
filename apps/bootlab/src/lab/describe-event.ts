import type { LabEvent } from './events';
import { describeExit } from './exit';

/** As wide as `compute-manager@compute1`. */
const NAME_WIDTH = 24;

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** One line for what happened to a service; undefined for what is not worth one. */
export function describeEvent(event: LabEvent): string | undefined {
  switch (event.type) {
    case 'ready': {
      const how = event.again ? 'is back after' : 'ready in';
      return `  ${event.service.padEnd(NAME_WIDTH)} ${how} ${seconds(event.afterMs)}  ${event.url}`;
    }
    case 'warning':
      return `  ${event.service.padEnd(NAME_WIDTH)} ${event.message}`;
    case 'died': {
      const how = event.exit.message === undefined ? `${describeExit(event.exit)}.` : `is down: ${event.exit.message}`;
      const next =
        event.restartInMs === undefined
          ? `It died too often and stays down: see \`bootlab logs ${event.service}\`, then stop and start the lab.`
          : `It starts again in ${seconds(event.restartInMs)}.`;
      return `${event.service} (pid ${event.pid}) ${how} ${next}`;
    }
    case 'stopped':
      return event.killed ? `${event.service} did not stop in time and was killed.` : undefined;
    case 'trouble':
      return event.message;
    case 'starting':
      return undefined;
  }
}
