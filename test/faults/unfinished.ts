import { hopId, Span } from '@bootlab/trace-model';

/** With an exception out of these nobody is left who would set the server to ERROR: messages and green threads begin with them. */
const LAST = [
  'nova.conductor.manager.ComputeTaskManager.schedule_and_build_instances',
  'nova.conductor.manager.ComputeTaskManager.build_instances',
  'nova.compute.manager.ComputeManager.build_and_run_instance',
  'nova.compute.manager.ComputeManager.build_and_run_instance._locked_do_build_and_run_instance',
  'nova.compute.manager.ComputeManager._do_build_and_run_instance',
];

/** Whoever meets these takes the server for deleted, and leaves it alone. */
const GONE = ['InstanceNotFound', 'UnexpectedDeletingTaskStateError', 'UnexpectedTaskStateError'];

/** Whether the trace tells why its server stays in BUILD, as it would in nova. */
export function nobodyWasLeft(spans: readonly Span[]): boolean {
  return spans.some(({ status, attributes }) => {
    if (status.code !== 'error') return false;
    const errorType = `${attributes['error.type'] as string}`.replace(/_Remote$/, '');
    return LAST.includes(hopId(attributes) ?? '') || GONE.includes(errorType);
  });
}

export function killedServices(spans: readonly Span[]): string[] {
  const killed = spans.filter(({ status }) => status.message === 'killed by fault');
  return [...new Set(killed.map(({ service }) => service))];
}

export function droppedCasts(spans: readonly Span[]): number {
  return spans.filter(({ kind, events }) => kind === 'producer' && events.some(({ name }) => name === 'fault.fired'))
    .length;
}

/**
 * Whether the trace tells that a guest ran and its build failed behind that, where nova no longer takes the guest away: the
 * server is in ERROR and on no host, and the guest's files stay.
 */
export function guestWasLeft(spans: readonly Span[]): boolean {
  const failed = (name: string) => spans.some((span) => span.name === name && span.status.code === 'error');
  return spans.some(({ name }) => name === 'spawn') && !failed('spawn') && failed('_build_and_run_instance');
}
