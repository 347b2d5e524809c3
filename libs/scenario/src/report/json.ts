import type { RunReport } from './report';

/** The run as data, for other programs; every span of every trace is in it. */
export function renderJson(run: RunReport): string {
  return `${JSON.stringify(run, undefined, 2)}\n`;
}
