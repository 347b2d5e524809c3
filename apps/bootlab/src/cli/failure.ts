import { ExitCode, exitCodes } from './exit-codes';

/** Ends the command: one sentence with the next step for the user, and the exit code. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly exitCode: ExitCode = exitCodes.failed,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Prints an error as one sentence, with its stack and causes when asked to; gives the exit code. */
export function reportFailure(error: unknown, debug: boolean): ExitCode {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`bootlab: ${message}\n`);
  if (debug) {
    for (let at = error; at instanceof Error; at = at.cause) process.stderr.write(`${at.stack}\n`);
  }
  return error instanceof Failure ? error.exitCode : exitCodes.failed;
}
