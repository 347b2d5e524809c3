import type { Exit } from './exit';

/** What happens to a service, as the supervisor tells it. */
export type LabEvent =
  | { type: 'starting'; service: string; pid: number }
  /** It still starts, and warns of something: it waits for a broker, say. */
  | { type: 'warning'; service: string; message: string }
  /** `afterMs`: milliseconds since its process was started. */
  | { type: 'ready'; service: string; pid: number; url: string; afterMs: number; again: boolean }
  /** `restartInMs` is undefined when it died too often and stays down. */
  | { type: 'died'; service: string; pid: number; exit: Exit; restartInMs?: number }
  | { type: 'stopped'; service: string; killed: boolean }
  /** The supervisor itself has a difficulty that does not keep it from going on. */
  | { type: 'trouble'; message: string };
