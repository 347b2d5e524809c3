import type { CaseRun } from '../case-run';
import type { Lab } from '../../lab';
import { refuse, StepAction } from './step';

function ownLab({ lab }: CaseRun): Lab {
  return lab ?? refuse('A service of a lab that is not the own one is neither stopped nor restarted.');
}

/** Stops a service of the scenario's own lab and starts it again. */
export const restart: StepAction = async (run, step) => {
  await ownLab(run).restart(step.restart!);
  return { outcome: 'up again' };
};

/** Kills a service of the scenario's own lab; it stays away until a step restarts it. */
export const stop: StepAction = async (run, step) => {
  await ownLab(run).kill(step.stop!);
  return { outcome: 'gone' };
};
