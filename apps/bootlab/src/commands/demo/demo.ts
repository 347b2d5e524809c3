import { labHome } from '@bootlab/openstack';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { note, print } from '../../cli/output';
import { Lab, LabFolders, runningLab, startLab } from '../../lab';
import { addressSheet } from '../lab/addresses';
import { tellProgress } from '../lab/progress';
import { stopSignal } from '../lab/stop-signal';
import { bootDemo } from './boot-demo';

/** Starts the lab unless this home has one running already. */
async function ensureLab(signal: AbortSignal): Promise<Lab | undefined> {
  const { home, run } = new LabFolders(labHome());
  const running = runningLab(run);
  if (running) {
    note(`Using the lab that runs in ${home} (pid ${running.pid}).`);
    return undefined;
  }
  note(`Starting the lab in ${home}`);
  return startLab({ onEvent: tellProgress, signal });
}

/** What `npm start` does: a lab, one boot, its trace. Stays up until it is told to stop, or ends with the boot's result. */
export async function demo({ once = false }: { once?: boolean }): Promise<ExitCode> {
  const stop = stopSignal();
  const lab = await ensureLab(stop.signal).catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  if (stop.signal.aborted) return exitCodes.ok;
  try {
    const result = await Promise.race([bootDemo(), stop.told]);
    if (result === undefined) return exitCodes.ok;
    if (lab === undefined || once) return result;
    print(`\n${addressSheet(lab.urls)}`);
    note('\nThe lab stays up. Ctrl-C stops it.');
    await stop.wait();
    return exitCodes.ok;
  } finally {
    if (lab) {
      note('Stopping the lab …');
      await lab.stop();
    }
  }
}
