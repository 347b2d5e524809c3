import type { Notification, NotificationReader } from '@bootlab/rpc';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { note, print } from '../../cli/output';
import { stopSignal } from '../lab/stop-signal';
import { notificationLine } from './line';
import { notificationReaders } from './sources';

export interface NotificationOptions {
  follow?: boolean;
  lines: number;
  json?: boolean;
}

/** Shows the notifications that the queues keep, or those that come. */
export async function notifications({ follow, lines, json }: NotificationOptions): Promise<ExitCode> {
  const readers = notificationReaders();
  const show = (notification: Notification) =>
    print(json ? JSON.stringify(notification) : notificationLine(notification));
  try {
    if (follow) await followAll(readers, show);
    else (await keptByTime(readers)).slice(-lines).forEach(show);
    return exitCodes.ok;
  } catch (error) {
    const { message } = error as Error;
    throw new Failure(
      `The broker of transport_url does not tell: ${message}. Is it running, and are host, user and password right?`,
      exitCodes.notRunning,
      { cause: error },
    );
  } finally {
    await Promise.all(readers.map((reader) => reader.close()));
  }
}

/** Several services share a queue, so that one reader may have read what another has. */
async function keptByTime(readers: NotificationReader[]): Promise<Notification[]> {
  const kept = new Map<string, Notification>();
  for (const reader of readers) {
    for (const notification of await reader.kept()) kept.set(notification._unique_id, notification);
  }
  return [...kept.values()].sort((a, b) => (a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : 0));
}

async function followAll(readers: NotificationReader[], show: (notification: Notification) => void): Promise<void> {
  const stop = stopSignal();
  await Promise.all(readers.map((reader) => reader.follow(show)));
  note('Waiting for notifications; Ctrl-C ends it.');
  await stop.wait();
}
