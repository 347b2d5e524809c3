import type { ScenarioFault } from '../schema/scenario';
import { shortHop } from '../schema/hops';
import { sizeInWords, timeInWords } from './quantity';

function whatHappens({ delay, error, truncate, corrupt, hang, drop }: ScenarioFault): string {
  if (typeof delay === 'number') return `delay of ${timeInWords(delay)}`;
  if (delay)
    return `delay of ${timeInWords(delay.of)}${delay.jitter === undefined ? '' : ` ± ${timeInWords(delay.jitter)}`}`;
  if (error !== undefined) return `error ${typeof error === 'string' ? error : error.exception}`;
  if (truncate !== undefined) return `bytes end after ${sizeInWords(truncate)}`;
  if (corrupt !== undefined) return `byte ${corrupt} changed`;
  if (typeof hang === 'object') return `hang of at most ${timeInWords(hang.at_most)}`;
  if (hang) return 'hang until the deadline';
  return drop ? 'cast dropped' : 'process killed';
}

function where(on: ScenarioFault['on']): string {
  if (on === undefined) return '';
  if (typeof on === 'string') return ` in ${on}`;
  return `${on.service === undefined ? '' : ` in ${on.service}`}${on.host === undefined ? '' : ` on host ${on.host}`}`;
}

function when({ times, after, every, probability, steps }: ScenarioFault): string[] {
  return [
    after ? `after ${after} passages` : '',
    every === undefined || every === 1 ? '' : `every ${every} passages`,
    times === undefined ? '' : times === 1 ? 'once' : `at most ${times} times`,
    probability === undefined ? '' : `with probability ${probability}`,
    steps === undefined ? '' : `for ${steps.join(', ')}`,
  ].filter((part) => part !== '');
}

/** `delay of 200 ms at Controller._get_from_store in glance-api, once`. */
export function describeFault(fault: ScenarioFault): string {
  return [`${whatHappens(fault)} at ${shortHop(fault.at)}${where(fault.on)}`, ...when(fault)].join(', ');
}
