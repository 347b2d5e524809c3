import { CommanderError } from 'commander';
import { exitCodes } from './exit-codes';
import { reportFailure } from './failure';
import { makeProgram } from './program';

/** A reader that has read enough, such as `head`, is no failure. */
function endQuietlyWithReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit();
    });
  }
}

/** Runs the command line; sets the exit code of the process. */
export async function main(argv: string[]): Promise<void> {
  endQuietlyWithReader();
  try {
    await makeProgram().parseAsync(argv);
  } catch (error) {
    // Commander has printed its own message already.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    else process.exitCode = reportFailure(error, argv.includes('--debug'));
  }
}
