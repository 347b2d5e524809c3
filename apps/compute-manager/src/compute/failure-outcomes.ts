import { ExceptionClass, novaException } from '@bootlab/openstack';

/** What becomes of a build: it is given up, it may be tried on another host, or the exception says it all. */
type Outcome = 'abort' | 'reschedule' | 'same';

const {
  BuildAbortException,
  ComputeResourcesUnavailable,
  FixedIpLimitExceeded,
  FlavorDiskTooSmall,
  FlavorMemoryTooSmall,
  ImageNotActive,
  ImageUnacceptable,
  InstanceNotFound,
  InvalidDiskFormat,
  InvalidDiskInfo,
  InvalidInput,
  NoMoreFixedIps,
  NoMoreNetworks,
  RescheduledException,
  UnexpectedDeletingTaskStateError,
  VirtualInterfaceCreateException,
} = novaException;

/** The first row that knows an exception decides; one that no row knows may be tried elsewhere. */
const outcomes: [Outcome, ...ExceptionClass[]][] = [
  ['same', InstanceNotFound, UnexpectedDeletingTaskStateError],
  ['reschedule', ComputeResourcesUnavailable],
  ['same', BuildAbortException],
  ['abort', FixedIpLimitExceeded, NoMoreNetworks, NoMoreFixedIps],
  ['abort', VirtualInterfaceCreateException],
  ['abort', FlavorDiskTooSmall, FlavorMemoryTooSmall, ImageNotActive, ImageUnacceptable],
  ['abort', InvalidDiskInfo, InvalidDiskFormat, InvalidInput],
];

/** What `_build_and_run_instance` raises for an exception out of claim, resources or spawn. */
export function failureOutcome(error: Error, instanceUuid: string): Error {
  const [outcome] = outcomes.find(([, ...classes]) => classes.some((known) => error instanceof known)) ?? [
    'reschedule',
  ];
  const kwargs = { instance_uuid: instanceUuid, reason: error.message };
  switch (outcome) {
    case 'same':
      return error;
    case 'abort':
      return new BuildAbortException(kwargs, { cause: error });
    case 'reschedule':
      return new RescheduledException(kwargs, { cause: error });
  }
}
