import { errorMessage } from '../../http/error-message';
import { send } from '../send';
import { failedOutcome, StepAction, tracedStep } from './step';

/** Any request, as the scenario's user. */
export const http: StepAction = async (run, step) => {
  const { service, method, path, headers, body } = step.http!;
  const { traceId, ...result } = await tracedStep(run, step, 'bootlab http', { 'http.request.method': method }, () =>
    send(run.user(), service, method, path, { headers, body }),
  );
  if ('error' in result) return failedOutcome(traceId, result.error);
  const { status, headers: answered, body: text } = result.value;
  const message = errorMessage(text);
  return {
    traceId,
    outcome: status < 400 ? String(status) : `${status}: ${message}`,
    http: { status, message, headers: answered },
  };
};
