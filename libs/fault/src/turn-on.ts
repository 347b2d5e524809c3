import { setFaultActions } from '@bootlab/hop';
import { makeException } from '@bootlab/openstack';
import { setTimeout } from 'node:timers/promises';

const FLUSH_TIMEOUT_MS = 2_000;

export interface FaultyProcess {
  /** Name of the service, as in traces. */
  service: string;
  /** Its host, as in traces. */
  host: string;
  /** Sends the spans that have ended. */
  flush(): Promise<void>;
  warn(message: string): void;
}

/** From now on the fault plans of requests fire in this process. */
export function turnOnFaults({ service, host, flush, warn }: FaultyProcess): void {
  setFaultActions({
    service,
    host,
    warn,
    exception: makeException,
    async die() {
      const late = setTimeout(FLUSH_TIMEOUT_MS);
      await Promise.race([flush(), late]).catch((error: unknown) =>
        warn(`The last spans were not sent: ${String(error)}`),
      );
      process.kill(process.pid, 'SIGKILL');
      return new Promise<never>(() => undefined);
    },
  });
}
