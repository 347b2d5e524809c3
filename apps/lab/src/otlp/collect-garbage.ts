import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/**
 * Has Node.js give back now what a large request leaves behind. By itself it lets several times as much gather first, because
 * the machine has more memory than the lab should take of it.
 */
export function collectGarbage(): void {
  collect();
}
