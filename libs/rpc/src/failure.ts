import { exceptionNamed, Kwargs, messagingException, OpenStackException } from '@bootlab/openstack';

/** An exception as it travels in a reply. */
export interface Failure {
  class: string;
  module: string;
  message: string;
  args: unknown[];
  kwargs: Kwargs;
  /** Stack lines, for the log of whoever asked. */
  tb: string[];
}

/** Gives JSON of a {@link Failure}. Plays `oslo_messaging._drivers.common.serialize_remote_exception`. */
export function serializeFailure(error: unknown): string {
  const known = error instanceof Error ? error : new Error(String(error));
  const failure: Failure = {
    class: known.name.replace(/_Remote$/, ''),
    module: known instanceof OpenStackException ? known.module : 'builtins',
    message: known.message,
    args: [known.message],
    kwargs: known instanceof OpenStackException ? known.kwargs : {},
    tb: (known.stack ?? '').split('\n').slice(1),
  };
  return JSON.stringify(failure);
}

/**
 * Makes the exception anew when its class is in a table, named `<Class>_Remote`, else a `RemoteError`.
 * Plays `oslo_messaging._drivers.common.deserialize_remote_exception`.
 */
export function deserializeFailure(text: string): OpenStackException {
  const failure = JSON.parse(text) as Failure;
  const Class = exceptionNamed(failure.module, failure.class);
  if (!Class) return new messagingException.RemoteError({ exc_type: failure.class, value: failure.message });
  const error = new Class({ ...failure.kwargs, message: failure.message });
  error.name = `${failure.class}_Remote`;
  error.stack = [`${error.name}: ${failure.message}`, ...failure.tb].join('\n');
  return error;
}
