import { pc } from '../../cli/colors';
import { request } from 'undici';

/** What the trace store says of the spans that it passes on. */
export interface ForwardStatus {
  /** Base URL of the receiver. */
  to: string;
  forwarded: number;
  waiting: number;
  dropped: number;
  /** Why the last try failed. */
  trouble?: string;
}

const ANSWER_MS = 1_000;

/** Undefined when nothing is passed on, or the trace store does not answer: its row in the table says that. */
export async function forwardStatus(labUrl: string): Promise<ForwardStatus | undefined> {
  try {
    const answer = await request(`${labUrl}/lab/v1/forward`, { signal: AbortSignal.timeout(ANSWER_MS) });
    const status = (await answer.body.json()) as Partial<ForwardStatus>;
    return status.to === undefined ? undefined : (status as ForwardStatus);
  } catch {
    return undefined;
  }
}

/** `Traces go on to http://…: 1204 spans passed on, 0 waiting, 0 dropped.` */
export function describeForward({ to, forwarded, waiting, dropped, trouble }: ForwardStatus): string {
  const lost = `${dropped} dropped`;
  const counts = `${forwarded} spans passed on, ${waiting} waiting, ${dropped === 0 ? lost : pc.red(lost)}`;
  return `Traces go on to ${to}: ${counts}.${trouble === undefined ? '' : pc.yellow(` It does not take them now (${trouble}).`)}`;
}
