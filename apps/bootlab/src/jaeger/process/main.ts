import { labHome } from '@bootlab/openstack';
import type { ServiceMessage } from '@bootlab/service';
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { identify } from '../../lab/process-identity';
import { answersAsJaeger } from '../find';
import { removeJaegerRecord, writeJaegerRecord } from '../run-record';
import { readProcessPlan } from './process-plan';

const LOOK_EVERY_MS = 100;
/** Less than the supervisor gives this process, which must not leave Jaeger behind. */
const STOP_GRACE_MS = 5_000;

function tell(message: ServiceMessage): void {
  if (process.connected) process.send?.(message);
}

/**
 * Runs a Jaeger as a service of the lab, or alone: tells `ready` over IPC once its page answers, says so in the run folder,
 * and takes it down on SIGTERM, or with the lab.
 */
async function main(): Promise<void> {
  const { plan, withLab } = readProcessPlan(process.env);
  const [program = '', ...args] = plan.command ?? [];
  const jaeger = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  let over = false;
  let stopping = false;
  const end = (code: number, message?: string) => {
    if (over) return;
    over = true;
    removeJaegerRecord(labHome());
    if (message !== undefined && !stopping) tell({ type: 'failed', message });
    process.exit(stopping ? 0 : code);
  };
  jaeger.once('error', (error) => end(1, `jaeger cannot start: ${error.message}`));
  jaeger.once('exit', (code, signal) => end(1, `Jaeger ended with ${signal ?? `code ${code}`}: see its log.`));
  const stop = () => {
    if (stopping) return;
    stopping = true;
    jaeger.kill('SIGTERM');
    setTimeout(() => jaeger.kill('SIGKILL'), STOP_GRACE_MS).unref();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', () => undefined);
  if (withLab) process.on('disconnect', stop);
  while (!over && !(await answersAsJaeger(plan.url))) await pause(LOOK_EVERY_MS);
  if (over || stopping) return;
  const { source, url, otlp } = plan;
  const startedAt = new Date().toISOString();
  writeJaegerRecord(labHome(), { ...identify(process.pid), startedAt, source, url, otlp, withLab });
  tell({ type: 'ready', url });
}

void main();
