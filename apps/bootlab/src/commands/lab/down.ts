import { labHome } from '@bootlab/openstack';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { print } from '../../cli/output';
import { isAlive, LabFolders, livingServices, readRunRecord, untilGone, untilServicesGone } from '../../lab';

const TIMEOUT_MS = 90_000;

/** Stops the lab of this home and waits until the last process is gone. */
export async function down(): Promise<ExitCode> {
  const { home, run } = new LabFolders(labHome());
  const record = readRunRecord(run);
  if (record === undefined || (!isAlive(record) && livingServices(record).length === 0)) {
    print(`No lab runs in ${home}.`);
    return exitCodes.ok;
  }
  if (isAlive(record)) {
    process.kill(record.pid, 'SIGTERM');
    // One that was halted by Ctrl-Z takes the signal only once it goes on.
    process.kill(record.pid, 'SIGCONT');
    const [left] = await untilGone([record], TIMEOUT_MS);
    if (left)
      throw new Failure(`The lab (pid ${left.pid}) still runs after ${TIMEOUT_MS / 1000} s: kill -9 ${left.pid}`);
  }
  await untilServicesGone(record);
  print(`The lab in ${home} has stopped.`);
  return exitCodes.ok;
}
