import { labHome } from '@bootlab/openstack';
import { fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { note, print } from '../../cli/output';
import type { JaegerPlan } from '../../jaeger/plan';
import { AlreadyRunning, LabFolders, runningLab } from '../../lab';
import type { DetachedMessage } from '../../lab/detached';
import { addressSheet } from './addresses';
import { tellProgress } from './progress';
import { stopSignal } from './stop-signal';

const MAIN = join(__dirname, '../../lab/detached.js');
const NAME = 'supervisor';

/** Starts the lab in a process of its own and returns once it is up, or has failed. */
export async function upDetached(plan: JaegerPlan | undefined, env: NodeJS.ProcessEnv): Promise<ExitCode> {
  const folders = new LabFolders(labHome());
  folders.make();
  const running = runningLab(folders.run);
  if (running) throw new AlreadyRunning(running.pid, folders.run);
  const logFile = folders.logFile(NAME);
  const log = openSync(logFile, 'w');
  const child = fork(MAIN, plan === undefined ? [] : [JSON.stringify(plan)], {
    env: { ...process.env, ...env, BOOTLAB_HOME: folders.home },
    execArgv: [],
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  note(`Starting the lab in ${folders.home}`);
  const { signal } = stopSignal();
  signal.addEventListener('abort', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('message', (message: DetachedMessage) => {
      if (message.type === 'event') tellProgress(message.event);
      else if (message.type === 'failed') reject(new Failure(message.message));
      else {
        child.disconnect();
        child.unref();
        note(`The lab is up in the background (pid ${child.pid}). \`bootlab down\` stops it.`);
        print(addressSheet(message.urls));
        resolve(exitCodes.ok);
      }
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Failure(`The lab did not come up; the end of ${logFile} says why.`)));
  });
}
