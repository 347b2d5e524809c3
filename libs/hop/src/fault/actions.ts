/** What faults need of the process they fire in. */
export interface FaultActions {
  /** Name of the service, as in traces. */
  service: string;
  /** Its host, as in traces. */
  host: string;
  /** Makes a named exception, with its own message when there is none; undefined for a name that nothing has. */
  exception(dotted: string, message?: string): Error | undefined;
  /** Sends the spans that have ended and kills the process. */
  die(): Promise<never>;
  /** A plan that is broken is told here. */
  warn(message: string): void;
}

let actions: FaultActions | undefined;

/** From now on faults fire in this process; without actions none does. */
export function setFaultActions(given: FaultActions | undefined): void {
  actions = given;
}

export function faultActions(): FaultActions | undefined {
  return actions;
}
