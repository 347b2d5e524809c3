import { createColors } from 'picocolors';

/**
 * Whether output is coloured: `NO_COLOR` forbids it, `FORCE_COLOR` (other than `0` or `false`) asks for it, else a terminal decides.
 * A CI's environment alone is no terminal: its output is read by programs as well.
 */
export function wantsColors(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR']) return !['0', 'false'].includes(env['FORCE_COLOR']);
  return isTerminal && env['TERM'] !== 'dumb';
}

/** The colours of the command's output. */
export const pc = createColors(wantsColors(process.env, process.stdout.isTTY));
