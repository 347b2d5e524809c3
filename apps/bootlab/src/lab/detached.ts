import { startLab } from './start-lab';
import { describeExit } from './exit';

/** What the process in the background tells the one that started it. */
export type DetachedMessage = { type: 'up'; urls: Record<string, string> } | { type: 'failed'; message: string };

function tell(message: DetachedMessage): void {
  if (process.connected) process.send?.(message);
}

function log(line: string): void {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`);
}

/** Supervises a lab in the background: the main module of the process that `bootlab up --detach` leaves behind. */
async function supervise(): Promise<void> {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => controller.abort());
  try {
    const lab = await startLab({
      signal: controller.signal,
      onEvent(event) {
        if (event.type === 'ready') log(`${event.service} (pid ${event.pid}) is ready at ${event.url}`);
        if (event.type === 'died') log(`${event.service} (pid ${event.pid}) ${describeExit(event.exit)}`);
        if (event.type === 'trouble') log(event.message);
      },
    });
    tell({ type: 'up', urls: lab.urls });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    log(message);
    tell({ type: 'failed', message });
    process.exitCode = 1;
  }
}

void supervise();
