import { refuse, StepAction } from './step';

/** Cuts the lab off from its broker or its database for a while. */
export const cut: StepAction = async (run, step) => {
  const { connection, for: milliseconds } = step.cut!;
  if (!run.servers?.has(connection)) refuse(`This lab has no ${connection} that could be cut off: say which in given.`);
  await run.servers.cut(connection, milliseconds);
  return { outcome: 'connected again' };
};
