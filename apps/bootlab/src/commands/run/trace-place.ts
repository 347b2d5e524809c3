import { ScenarioReport, traceAnchor } from '@bootlab/scenario';
import { labHome } from '@bootlab/openstack';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openLink } from '../../cloud/deep-link';
import { Traces } from '../../cloud/traces';
import { LabFolders, runningLab } from '../../lab';

/** Where the traces of a run can be opened once the labs of the run are gone. */
export interface TracePlace {
  /** Brings the traces there and gives each its link; a trace with a link is there already. */
  keep(report: ScenarioReport): Promise<void>;
  /** The page that the links lead to, when it is yet to be written. */
  readonly page?: string;
  /** Whether the labs of the run pass their spans on to a Jaeger themselves. */
  readonly labsForward: boolean;
}

/** The store of the lab that is up. It passes the traces on to Jaeger when it does so with its own. */
class StoreOfLab implements TracePlace {
  readonly labsForward = false;

  async keep({ traces, warnings }: ScenarioReport): Promise<void> {
    try {
      const store = new Traces();
      for (const trace of traces.filter(({ link }) => link === undefined)) {
        await store.add(trace.spans);
        trace.link = await openLink(trace.traceId);
      }
    } catch (error) {
      warnings.push(`The lab that is up did not take its traces: ${(error as Error).message}`);
    }
  }
}

/** The HTML report of the run. */
class Page implements TracePlace {
  readonly labsForward = true;

  constructor(readonly page: string) {}

  keep({ traces }: ScenarioReport): Promise<void> {
    const url = pathToFileURL(resolve(this.page)).href;
    for (const trace of traces) trace.link ??= `${url}#${traceAnchor(trace.traceId)}`;
    return Promise.resolve();
  }
}

/**
 * The lab that is up at the home, and without one the run's report.
 * @param report where the user wants an HTML report, if at all; `run.html` in the home when left out
 */
export function tracePlace(report: string | undefined): TracePlace {
  const home = labHome();
  if (runningLab(new LabFolders(home).run) !== undefined) return new StoreOfLab();
  mkdirSync(home, { recursive: true });
  return new Page(report ?? join(home, 'run.html'));
}
