import { request } from 'undici';
import { exitCodes } from '../cli/exit-codes';
import { Failure } from '../cli/failure';
import { locate } from '../http/locate';
import { jaegerPage, jaegerUrl, LinkOptions, traceLink } from './trace-link';

const ANSWER_MS = 2_000;

/** Where a browser opens a trace: a real Jaeger, else Jaeger's page that the lab serves, else the lab's own page. */
export async function openLink(traceId: string, options: LinkOptions = {}): Promise<string> {
  const page = await jaegerPageBase();
  return page === undefined ? traceLink(traceId, options) : jaegerPage(page, traceId, options.spanId);
}

/** Where Jaeger's page lays two traces beside each other. @throws Failure when there is no such page */
export async function compareLink(traceId: string, other: string): Promise<string> {
  const page = await jaegerPageBase();
  if (page !== undefined) return `${page}/trace/${traceId}...${other}`;
  throw new Failure(
    "No Jaeger's page is there to compare traces: get it by `bootlab jaeger ui`, or see `bootlab trace diff`.",
    exitCodes.notRunning,
  );
}

async function jaegerPageBase(): Promise<string | undefined> {
  return jaegerUrl() ?? (await servedByLab());
}

async function servedByLab(): Promise<string | undefined> {
  const page = `${locate('lab')}/jaeger`;
  try {
    const { statusCode, body } = await request(`${page}/`, { signal: AbortSignal.timeout(ANSWER_MS) });
    await body.dump();
    return statusCode === 200 ? page : undefined;
  } catch {
    return undefined;
  }
}
