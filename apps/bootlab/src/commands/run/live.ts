import type { ScenarioReport } from '@bootlab/scenario';
import { pc } from '../../cli/colors';
import { print } from '../../cli/output';
import type { Job } from '../../scenario/queue';
import { explain, resultLine } from './explain';

const FRAMES = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const FRAME_MS = 100;

/** Tells how far the run is: a line for each scenario that has ended and, on a terminal, one that moves. */
export class LiveProgress {
  readonly #running = new Map<Job, string>();
  readonly #timer?: NodeJS.Timeout;
  #frame = 0;
  #done = 0;

  constructor(private readonly total: number) {
    if (process.stderr.isTTY) this.#timer = setInterval(() => this.#draw(), FRAME_MS);
  }

  started(job: Job): void {
    this.#running.set(job, job.loaded.scenario.name);
  }

  ended(job: Job, report: ScenarioReport): void {
    this.#running.delete(job);
    this.#done += 1;
    this.#erase();
    print(resultLine(report));
    for (const line of explain(report)) print(line);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#erase();
  }

  #draw(): void {
    this.#frame = (this.#frame + 1) % FRAMES.length;
    const line = `${FRAMES[this.#frame]} ${this.#done} of ${this.total}  ${[...this.#running.values()].join(', ')}`;
    const width = Math.max(20, (process.stderr.columns || 80) - 1);
    process.stderr.write(`\r\u001b[K${pc.dim(line.slice(0, width))}`);
  }

  #erase(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  }
}
