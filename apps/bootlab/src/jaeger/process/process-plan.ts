import type { JaegerPlan } from '../plan';

/** What the process that runs Jaeger is told through its environment. */
export interface ProcessPlan {
  plan: JaegerPlan;
  /** Whether it ends with the process that started it. */
  withLab: boolean;
}

const VARIABLE = 'BOOTLAB_JAEGER_PLAN';

export function processEnvironment(plan: ProcessPlan): NodeJS.ProcessEnv {
  return { [VARIABLE]: JSON.stringify(plan) };
}

export function readProcessPlan(env: NodeJS.ProcessEnv): ProcessPlan {
  return JSON.parse(env[VARIABLE] ?? '') as ProcessPlan;
}
