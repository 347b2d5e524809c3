import { labHome } from '@bootlab/openstack';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { note, print } from '../../cli/output';
import { startWithJaeger } from '../../jaeger/start-with-jaeger';
import { addressSheet } from './addresses';
import { upDetached } from './detach';
import { jaegerUiEnvironment, planJaeger } from './jaeger-options';
import { tellProgress } from './progress';
import { stopSignal } from './stop-signal';

export interface UpOptions {
  detach?: boolean;
  jaeger?: boolean;
  /** Compute hosts; as lab.conf says when left out. */
  hosts?: number;
  /** Folder with the static files of Jaeger's page. */
  jaegerUi?: string;
}

/** Starts the lab; in the foreground it stays until it is told to stop. */
export async function up({ detach = false, jaeger = false, hosts, jaegerUi }: UpOptions): Promise<ExitCode> {
  const env = {
    ...(jaegerUi === undefined ? {} : jaegerUiEnvironment(jaegerUi)),
    ...(hosts === undefined ? {} : { BOOTLAB_LAB__LAB__HOSTS: String(hosts) }),
  };
  const plan = jaeger ? await planJaeger() : undefined;
  if (detach) return upDetached(plan, env);
  const stop = stopSignal();
  const startedAt = Date.now();
  note(`Starting the lab in ${labHome()}`);
  try {
    const lab = await startWithJaeger(plan, { env, onEvent: tellProgress, signal: stop.signal });
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
