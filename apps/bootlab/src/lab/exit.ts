/** How a process ended. `message` is what it said about it itself. Both `code` and `signal` are null when it never began. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  message?: string;
}

/** `was killed by SIGKILL`, `exited with code 1`. */
export function describeExit({ code, signal }: Exit): string {
  if (signal !== null) return `was killed by ${signal}`;
  return code === null ? 'could not be started' : `exited with code ${code}`;
}
