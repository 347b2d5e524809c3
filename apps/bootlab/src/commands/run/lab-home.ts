import { labHome } from '@bootlab/openstack';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { request } from 'undici';
import { exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { LabFolders, runningLab } from '../../lab';

function notRunning(message: string, cause?: unknown): Failure {
  return new Failure(message, exitCodes.notRunning, { cause });
}

/** What the trace store at a URL says of itself. */
async function homeAt(url: string): Promise<string> {
  const next = 'give the URL of a lab that `bootlab status` shows, or its home.';
  try {
    const { body } = await request(new URL('/lab/v1', url));
    const { home } = (await body.json()) as { home?: unknown };
    if (typeof home === 'string') return home;
  } catch (error) {
    throw notRunning(`No trace store answers at ${url} (${(error as Error).message}): ${next}`, error);
  }
  throw notRunning(`What answers at ${url} is no trace store of a lab: ${next}`);
}

/**
 * The home of a running lab, which knows where its services are.
 * @param lab URL of its trace store, or its home
 * @throws Failure when no lab runs there, on this machine
 */
export async function homeOfLab(lab: string): Promise<string> {
  const home = /^https?:\/\//.test(lab) ? await homeAt(lab) : resolve(lab || labHome());
  const running = existsSync(home) && runningLab(new LabFolders(home).run) !== undefined;
  if (!running) throw notRunning(`No lab runs in ${home} on this machine: start it with \`bootlab up\`.`);
  return home;
}
