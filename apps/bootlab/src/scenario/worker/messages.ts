import type { ScenarioReport } from '@bootlab/scenario';
import type { Level } from '@bootlab/trace-model';
import type { LabSettings } from '../lab/settings';

/** What a worker is told at its start. */
export interface WorkerSetup {
  type: 'start';
  /** Whether it starts a lab in its home; otherwise it uses the one that runs there. */
  ownLab: boolean;
  settings: LabSettings;
}

/** One run of one case. */
export interface RunOrder {
  type: 'run';
  /** Number of the order, for its report. */
  order: number;
  /** As it was given. */
  file: string;
  /** Which case of the file, from 0. */
  index: number;
  seed: number;
  level: Level;
  /** From 1, when the run is repeated. */
  repeat?: number;
  updateTraces: boolean;
}

export type ToWorker = WorkerSetup | RunOrder | { type: 'stop' };

export type FromWorker =
  | { type: 'up' }
  | { type: 'failed'; message: string }
  | { type: 'report'; order: number; report: ScenarioReport }
  | { type: 'broken'; order: number; message: string };
