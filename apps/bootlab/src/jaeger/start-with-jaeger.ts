import { labHome } from '@bootlab/openstack';
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

/** A Jaeger that `jaeger start` left running for this home gets the traces without being asked for. */
function alreadyThere(home: string): JaegerPlan | undefined {
  const record = readJaegerRecord(home);
  return record && { source: 'found', url: record.url, otlp: record.otlp };
}

/** Starts a lab that passes its traces on to a Jaeger, which it runs itself unless there was one; else a lab alone. */
export async function startWithJaeger(planned: JaegerPlan | undefined, options: LabOptions = {}): Promise<Lab> {
  const plan = planned ?? alreadyThere(options.home ?? labHome());
  if (plan === undefined) return startLab(options);
  const env = { ...options.env, BOOTLAB_LAB__LAB__FORWARD_TO: plan.otlp };
  if (plan.command === undefined) {
    const lab = await startLab({ ...options, env });
    const { source, url, otlp } = plan;
    if (readJaegerRecord(lab.home) === undefined) {
      const startedAt = new Date().toISOString();
      writeJaegerRecord(lab.home, { ...identify(process.pid), startedAt, source, url, otlp, withLab: true });
    }
    return lab;
  }
  return startLab({
    ...options,
    env: { ...env, ...processEnvironment({ plan, withLab: true }) },
    services: [jaegerService(), ...labServices({ ...process.env, ...options.env })],
  });
}
