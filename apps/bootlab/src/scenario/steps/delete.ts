import { Servers } from '../../cloud/servers';
import { errorMessage } from '../../http/error-message';
import { glanceImages } from '../given/images';
import { send } from '../send';
import { untilDeleted } from '../until-deleted';
import { failedOutcome, refuse, StepAction, tracedStep } from './step';

const FIRST_ERROR = 400;

/** Deletes an image, or the servers of a step, and waits until they are gone. */
export const deleteStep: StepAction = async (run, step) => {
  const { server, image } = step.delete!;
  if (image !== undefined) {
    const { traceId, ...result } = await tracedStep(run, step, 'bootlab image delete', {}, () =>
      glanceImages().delete(run.user(), run.imageId(image)),
    );
    return 'error' in result
      ? failedOutcome(traceId, result.error)
      : { traceId, outcome: 'deleted', http: { status: 200, message: '', headers: {} } };
  }
  const ids = run.step(server ?? refuse('A step delete names a server or an image.')).servers ?? [];
  if (ids.length === 0) return { outcome: `${server} left no server to delete` };
  const { traceId, ...result } = await tracedStep(run, step, 'bootlab delete', {}, () =>
    Promise.all(ids.map((id) => send(run.user(), 'compute-api', 'DELETE', `/v2.1/servers/${id}`))),
  );
  if ('error' in result) return failedOutcome(traceId, result.error);
  const refused = result.value.find(({ status }) => status >= FIRST_ERROR);
  if (refused !== undefined) {
    const message = errorMessage(refused.body);
    return { traceId, outcome: `${refused.status}: ${message}`, http: { ...refused, message } };
  }
  for (const id of ids) await untilDeleted(new Servers(), id, run.scenario.deadline / 1000);
  return { traceId, outcome: 'deleted', http: { status: result.value[0]?.status ?? 204, message: '', headers: {} } };
};
