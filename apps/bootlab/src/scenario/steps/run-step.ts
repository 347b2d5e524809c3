import { describeStep, NamedStep } from '@bootlab/scenario';
import type { CaseRun } from '../case-run';
import { fill } from '../fill';
import { boot } from './boot';
import { deleteStep } from './delete';
import { findTrace } from './find-trace';
import { http } from './http';
import { createImage, download, listImages, showImage } from './images';
import { cut } from './cut';
import { restart, stop } from './restart';
import type { StepAction } from './step';
import { wait } from './wait';

type Kind = Exclude<keyof NamedStep, 'as' | 'parallel'>;

const actions: Record<Kind, StepAction> = {
  boot,
  create_image: createImage,
  list_images: listImages,
  show_image: showImage,
  download,
  delete: deleteStep,
  wait,
  restart,
  stop,
  cut,
  http,
  find_trace: findTrace,
};

function kindOf(step: NamedStep): Kind {
  return Object.keys(actions).find((key) => step[key as Kind] !== undefined) as Kind;
}

/** Does a step, or several at once, and keeps what came of each. */
export async function runStep(run: CaseRun, step: NamedStep): Promise<void> {
  if (step.parallel !== undefined) {
    await Promise.all(step.parallel.map((one) => runStep(run, one)));
    return;
  }
  const kind = kindOf(step);
  const startedAt = Date.now();
  const summary = describeStep(step);
  const outcome = await actions[kind](run, fill(run, step));
  const seconds = (Date.now() - startedAt) / 1000;
  run.steps.set(step.as, { name: step.as, kind, summary, startedAt, seconds, ...outcome });
}
