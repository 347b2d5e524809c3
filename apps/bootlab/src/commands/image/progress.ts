import { SingleBar } from 'cli-progress';
import { formatBytes } from '../../cli/bytes';
import { note } from '../../cli/output';

const TELL_EVERY_MS = 5_000;

/** Tells on standard error how far a transfer is: `tell` takes the bytes so far, `end` is called in any case. */
export interface Progress {
  tell(bytes: number): void;
  end(): void;
}

function barProgress(what: string, total: number): Progress {
  const bar = new SingleBar({
    format: `${what} {bar} {percentage} %  {done} of ${formatBytes(total)}  {rate}/s`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    stream: process.stderr,
    clearOnComplete: false,
  });
  const startedAt = performance.now();
  const figures = (bytes: number) => ({
    done: formatBytes(bytes),
    rate: formatBytes(Math.round((bytes * 1000) / Math.max(1, performance.now() - startedAt))),
  });
  bar.start(total, 0, figures(0));
  return {
    tell: (bytes) => bar.update(bytes, figures(bytes)),
    end: () => bar.stop(),
  };
}

function plainProgress(what: string, total: number): Progress {
  let toldAt = performance.now();
  return {
    tell(bytes) {
      const now = performance.now();
      if (now - toldAt < TELL_EVERY_MS) return;
      toldAt = now;
      note(`${what}: ${formatBytes(bytes)} of ${formatBytes(total)}`);
    },
    end: () => undefined,
  };
}

/** A bar on a terminal, a line now and then elsewhere. */
export function progress(what: string, total: number): Progress {
  return process.stderr.isTTY && total > 0 ? barProgress(what, total) : plainProgress(what, total);
}
