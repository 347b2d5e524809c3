import { join } from 'node:path';
import { identify, Lab, LabOptions, labServices, ServiceSpec, startLab } from '../lab';
import type { JaegerPlan } from './plan';
import { processEnvironment } from './process/process-plan';
import { readJaegerRecord, writeJaegerRecord } from './run-record';

const SCRIPT = join(__dirname, 'process/main.js');

/** Jaeger as a service of the lab. It starts first and stops last, so that the last spans reach it. */
function jaegerService(): ServiceSpec {
  return { name: 'jaeger', script: SCRIPT, after: [], optional: true };
}

/** Starts a lab that forwards its traces to a Jaeger, which it runs itself unless there was one; without a plan, a lab alone. */
export async function startWithJaeger(plan: JaegerPlan | undefined, options: LabOptions = {}): Promise<Lab> {
  if (plan === undefined) return startLab(options);
  const env = { ...options.env, BOOTLAB_LAB__LAB__FORWARD_TO: plan.otlp };
  if (plan.command === undefined) {
    const lab = await startLab({ ...options, env });
    const { source, url, otlp } = plan;
    if (readJaegerRecord(lab.home) === undefined) {
      writeJaegerRecord(lab.home, { ...identify(process.pid), source, url, otlp, withLab: true });
    }
    return lab;
  }
  return startLab({
    ...options,
    env: { ...env, ...processEnvironment({ plan, withLab: true }) },
    services: [jaegerService(), ...labServices()],
  });
}
