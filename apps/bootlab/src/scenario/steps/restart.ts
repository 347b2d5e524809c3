import { refuse, StepAction } from './step';

/** Stops a service of the scenario's own lab and starts it again. */
export const restart: StepAction = async (run, step) => {
  const { lab } = run;
  if (lab === undefined) refuse('A service of a lab that is not the own one is not restarted.');
  await lab.restart(step.restart!);
  return { outcome: 'up again' };
};
