import { homeFolder, labConf, loadConf } from '@bootlab/openstack';

export const LAB_OPTIONS = Symbol('LAB_OPTIONS');

export interface LabOptions {
  /** Where the traces are stored, as a connection URL. */
  connection: string;
  /** Traces kept; the oldest are dropped. At least 1. */
  maxTraces: number;
}

/** Reads lab.conf. @throws ConfigError, or Error in one sentence when no trace may be kept */
export function readLabOptions(): LabOptions {
  const { max_traces: maxTraces } = loadConf(labConf).lab;
  if (maxTraces < 1) throw new Error(`max_traces in [lab] of lab.conf is ${maxTraces}; it takes 1 or more.`);
  return { connection: `sqlite:///${homeFolder()}/traces.sqlite`, maxTraces };
}
