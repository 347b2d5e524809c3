import { bootSpans, hops, traceOf } from '../../check/testing/boot';
import type { AssertionReport, RunReport, ScenarioReport } from '../report';

export const held: AssertionReport = { text: 'it holds', place: 'x.yaml:9:5', ok: true, nearest: [], excerpt: [] };
export const failed: AssertionReport = {
  text: '_get_from_store is in the trace',
  why: 'Glance asks its store.',
  place: 'x.yaml:10:5',
  ok: false,
  expected: '_get_from_store is in the trace',
  found: 'no such span',
  nearest: ['show (glance-api): 3 ms'],
  excerpt: ['glance-api  show  ███ 3 ms'],
};

export function scenarioReport(changes: Partial<ScenarioReport> = {}): ScenarioReport {
  return {
    name: 'store-object-missing',
    title: 'The store has lost the image',
    file: 'scenarios/store-object-missing.yaml',
    about: 'The file is **gone**.',
    learn: [{ hop: hops.store, look: 'Glance finds out only here.' }],
    tags: [],
    level: 'path',
    result: 'passed',
    seconds: 1.5,
    steps: [{ name: 'boot', summary: 'boot cirros', seconds: 0.5, outcome: 'ERROR' }],
    traces: [traceOf(bootSpans())],
    faults: [],
    assertions: [held],
    warnings: [],
    ...changes,
  };
}

export function runReport(...scenarios: ScenarioReport[]): RunReport {
  return { startedAt: '2026-11-22T23:00:00.000Z', seconds: 2, seed: 7, scenarios };
}
