import { describeEvent } from './describe-event';
import type { LabEvent } from './events';
import type { LabServiceName } from './services';
import type { JaegerPlan } from '../jaeger/plan';
import { startWithJaeger } from '../jaeger/start-with-jaeger';

/** What the process in the background tells the one that started it, until the lab is up. */
export type DetachedMessage =
  | { type: 'event'; event: LabEvent }
  | { type: 'up'; urls: Record<LabServiceName, string> }
  | { type: 'failed'; message: string };

function tell(message: DetachedMessage): void {
  if (process.connected) process.send?.(message);
}

function log(line: string | undefined): void {
  if (line !== undefined) process.stdout.write(`${new Date().toISOString()} ${line}\n`);
}

/** The Jaeger that the command found or fetched; it comes as JSON in the first argument. */
function planned(): JaegerPlan | undefined {
  const [, , plan] = process.argv;
  return plan === undefined ? undefined : (JSON.parse(plan) as JaegerPlan);
}

/** Supervises a lab in the background: the main module of the process that `bootlab up --detach` leaves behind. */
async function supervise(): Promise<void> {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => controller.abort());
  try {
    const lab = await startWithJaeger(planned(), {
      signal: controller.signal,
      onEvent(event) {
        log(describeEvent(event));
        tell({ type: 'event', event });
      },
    });
    tell({ type: 'up', urls: lab.urls });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = controller.signal.aborted ? 'The lab was stopped while it started.' : reason;
    log(message);
    tell({ type: 'failed', message });
    process.exitCode = 1;
  }
}

void supervise();
