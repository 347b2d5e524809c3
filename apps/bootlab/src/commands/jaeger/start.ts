import { labHome } from '@bootlab/openstack';
import { fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { note, print } from '../../cli/output';
import { sheet } from '../../cli/table';
import { haveJaeger } from '../../jaeger/have-jaeger';
import type { JaegerPlan } from '../../jaeger/plan';
import { processEnvironment } from '../../jaeger/process/process-plan';
import { LabFolders, runningLab } from '../../lab';
import { downloadProgress } from './download-progress';

const MAIN = join(__dirname, '../../jaeger/process/main.js');
const START_MS = 30_000;

type Message = { type: 'ready' } | { type: 'failed'; message: string };

/** Starts a Jaeger of its own in the background; does nothing when one answers already. */
export async function startJaeger(): Promise<ExitCode> {
  const progress = downloadProgress('Downloading Jaeger');
  const plan = await haveJaeger(progress).finally(() => progress.end());
  if (plan.command === undefined) note(`A Jaeger answers at ${plan.url} already.`);
  else note(`Jaeger is up in the background (pid ${await launch(plan)}). \`bootlab jaeger stop\` stops it.`);
  if (runningLab(new LabFolders(labHome()).run)) note('The lab that runs finds it when it is started again.');
  print(sheet({ Jaeger: plan.url, 'OTLP/HTTP': `${plan.otlp}/v1/traces` }));
  return exitCodes.ok;
}

async function launch(plan: JaegerPlan): Promise<number> {
  const folders = new LabFolders(labHome());
  folders.make();
  const logFile = folders.logFile('jaeger');
  const log = openSync(logFile, 'w');
  const child = fork(MAIN, [], {
    env: { ...process.env, ...processEnvironment({ plan, withLab: false }), BOOTLAB_HOME: folders.home },
    execArgv: [],
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const timer = setTimeout(() => child.kill('SIGTERM'), START_MS);
  try {
    return await new Promise((resolve, reject) => {
      const failed = (why: string) => reject(new Failure(`Jaeger did not come up (${why}); ${logFile} says more.`));
      child.on('message', (message: Message) => {
        if (message.type === 'failed') return failed(message.message);
        child.disconnect();
        child.unref();
        resolve(child.pid ?? 0);
      });
      child.once('error', (error) => failed(error.message));
      child.once('exit', () => failed(`no answer at ${plan.url} within ${START_MS / 1000} s`));
    });
  } finally {
    clearTimeout(timer);
  }
}
