import { hop } from '@bootlab/hop';
import { followUp } from '@bootlab/rpc';

/**
 * Starts work that goes on after the caller has returned, as a green thread does. The message being processed counts as
 * processed with it.
 * @param work tells of its own failures; bind it to its caller's context, whose child it is
 */
export const spawnN = hop('nova.utils.spawn_n', function spawnN(work: () => Promise<void>): void {
  followUp(work());
});
