import { labHome } from '@bootlab/openstack';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { note, print } from '../../cli/output';
import { startLab } from '../../lab';
import { addressSheet } from './addresses';
import { upDetached } from './detach';
import { tellProgress } from './progress';
import { stopSignal } from './stop-signal';

export interface UpOptions {
  detach?: boolean;
}

/** Starts the lab; in the foreground it stays until it is told to stop. */
export async function up({ detach = false }: UpOptions): Promise<ExitCode> {
  if (detach) return upDetached();
  const stop = stopSignal();
  const startedAt = Date.now();
  note(`Starting the lab in ${labHome()}`);
  try {
    const lab = await startLab({ onEvent: tellProgress, signal: stop.signal });
    note(`The lab is up after ${((Date.now() - startedAt) / 1000).toFixed(1)} s. Ctrl-C stops it.`);
    print(addressSheet(lab.urls));
    await stop.wait();
    note('Stopping the lab …');
    await lab.stop();
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
  note('The lab has stopped.');
  return exitCodes.ok;
}
