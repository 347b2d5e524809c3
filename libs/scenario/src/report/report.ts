import type { Level, Span } from '@bootlab/trace-model';

export type Result = 'passed' | 'failed' | 'skipped' | 'broken';

/** A trace that a step left. */
export interface TraceReport {
  /** The step's name. */
  of: string;
  traceId: string;
  link?: string;
  complete: boolean;
  missing: string[];
  spans: Span[];
}

export interface FaultReport {
  /** Place in the scenario's list, from 0. */
  index: number;
  hop: string;
  /** In words, e.g. `delay of 200 ms in glance-api`. */
  summary: string;
  fired: number;
}

export interface StepReport {
  name: string;
  /** In words, e.g. `boot cirros, m1.nano`. */
  summary: string;
  seconds: number;
  /** In words, e.g. `ACTIVE`, `400: Image not active`. */
  outcome: string;
}

/** Whether one assertion held. What explains a failure is empty when it held. */
export interface AssertionReport {
  /** In words, e.g. `_get_from_store failed with NotFound`. */
  text: string;
  why?: string;
  /** `scenarios/x.yaml:31:5`. */
  place: string;
  ok: boolean;
  expected?: string;
  found?: string;
  /** The spans that come nearest, a line each. */
  nearest: string[];
  /** The piece of waterfall around it. */
  excerpt: string[];
}

/** One run of one scenario, or of one case of its matrix. */
export interface ScenarioReport {
  name: string;
  title: string;
  /** Path as it was given. */
  file: string;
  about: string;
  learn: { hop?: string; look: string }[];
  tags: string[];
  level: Level;
  /** Values of the matrix in this run. */
  case?: Record<string, string | number | boolean>;
  /** From 1, when the run is repeated. */
  repeat?: number;
  result: Result;
  /** Why it was skipped or broke. */
  reason?: string;
  seconds: number;
  steps: StepReport[];
  traces: TraceReport[];
  faults: FaultReport[];
  assertions: AssertionReport[];
  warnings: string[];
}

export interface RunReport {
  /** ISO 8601. */
  startedAt: string;
  seconds: number;
  seed: number;
  scenarios: ScenarioReport[];
}
