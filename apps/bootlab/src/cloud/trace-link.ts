import { labConf, labHome, loadConf } from '@bootlab/openstack';
import { locate } from '../http/locate';
import { jaegerAddress } from '../jaeger/plan';
import { JaegerRecord, readJaegerRecord } from '../jaeger/run-record';
import { LabFolders, runningLab, RunRecord } from '../lab';
import { tracesGoElsewhere, tracesGoToLab } from '../tracing/traced';

export interface LinkOptions {
  /** The span to open and mark. 16 hex digits. */
  spanId?: string;
}

/** Base URL of the real Jaeger that has this lab's traces; undefined when none is known to. */
export function jaegerUrl(): string | undefined {
  const home = labHome();
  const record = readJaegerRecord(home);
  if (record !== undefined && getsTraces(record, runningLab(new LabFolders(home).run))) return record.url;
  const sent = loadConf(labConf).lab.forward_to !== '' || tracesGoElsewhere();
  return sent ? jaegerAddress().url : undefined;
}

/** The lab looks for a Jaeger when it starts: one that came later gets nothing from it. */
function getsTraces(jaeger: JaegerRecord, lab: RunRecord | undefined): boolean {
  return jaeger.withLab || lab === undefined || jaeger.startedAt < lab.startedAt;
}

/**
 * Where a browser opens a trace: in the real Jaeger when there is one, else on the lab's own page.
 * @throws Failure when there is neither
 */
export function traceLink(traceId: string, { spanId }: LinkOptions = {}): string {
  const jaeger = jaegerUrl();
  return jaeger === undefined ? labPage(traceId, spanId) : jaegerPage(jaeger, traceId, spanId);
}

/** How a user sees a trace: the command, and the page where one has it. */
export function waysToSee(traceId: string): string {
  const command = `\`bootlab trace show ${traceId}\``;
  return tracesGoToLab() || jaegerUrl() !== undefined ? `${command} or ${traceLink(traceId)}` : command;
}

/** A trace in a Jaeger page below `base`; its search box takes an exact span id. */
export function jaegerPage(base: string, traceId: string, spanId?: string): string {
  return `${base}/trace/${traceId}${spanId === undefined ? '' : `?uiFind=${spanId}`}`;
}

function labPage(traceId: string, spanId?: string): string {
  return `${locate('lab')}/trace/${traceId}${spanId === undefined ? '' : `?span=${spanId}`}`;
}
