import { labHome } from '@bootlab/openstack';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { print } from '../../cli/output';
import { readJaegerRecord } from '../../jaeger/run-record';
import { untilGone } from '../../lab';

const TIMEOUT_MS = 15_000;

/** Stops the Jaeger of this home and waits until it is gone. */
export async function stopJaeger(): Promise<ExitCode> {
  const record = readJaegerRecord(labHome());
  if (record === undefined) {
    print(`No Jaeger of ${labHome()} runs.`);
    return exitCodes.ok;
  }
  if (record.source === 'found') {
    throw new Failure(`The Jaeger at ${record.url} was there before the lab: stop it where it was started.`);
  }
  if (record.withLab) {
    throw new Failure(`The Jaeger at ${record.url} belongs to the lab and stops with it: \`bootlab down\`.`);
  }
  process.kill(record.pid, 'SIGTERM');
  const [left] = await untilGone([record], TIMEOUT_MS);
  if (left) throw new Failure(`Jaeger (pid ${left.pid}) still runs after ${TIMEOUT_MS / 1000} s: kill -9 ${left.pid}`);
  print(`The Jaeger at ${record.url} has stopped.`);
  return exitCodes.ok;
}
