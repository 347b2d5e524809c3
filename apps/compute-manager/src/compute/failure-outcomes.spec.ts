import { novaException } from '@bootlab/openstack';
import { failureOutcome } from './failure-outcomes';

const outcome = (error: Error) => failureOutcome(error, 'uuid');

describe('failureOutcome', () => {
  it.each([
    new novaException.FlavorDiskSmallerThanImage({ flavor_size: 1, image_size: 2 }),
    new novaException.FlavorMemoryTooSmall(),
    new novaException.ImageNotActive({ image_id: 'i' }),
    new novaException.ImageUnacceptable({ image_id: 'i', reason: 'r' }),
    new novaException.InvalidDiskInfo({ reason: 'r' }),
    new novaException.NoMoreNetworks(),
    new novaException.InvalidInput({ reason: 'r' }),
  ])('gives up for $name', (error) => {
    expect(outcome(error)).toBeInstanceOf(novaException.BuildAbortException);
    expect(outcome(error).message).toContain(error.message);
    expect(outcome(error).cause).toBe(error);
  });

  it.each([
    new novaException.ComputeResourcesUnavailable({ reason: 'r' }),
    new novaException.ImageNotFound({ image_id: 'i' }),
    new novaException.ImageNotAuthorized({ image_id: 'i' }),
    new novaException.GlanceConnectionFailed({ server: 's', reason: 'r' }),
    new novaException.RescheduledException({ instance_uuid: 'uuid', reason: 'r' }),
    new Error('disk full'),
  ])('would try another host for $name', (error) => {
    expect(outcome(error)).toBeInstanceOf(novaException.RescheduledException);
  });

  it.each([
    new novaException.InstanceNotFound({ instance_id: 'uuid' }),
    new novaException.UnexpectedDeletingTaskStateError({ instance_uuid: 'uuid' }),
    new novaException.BuildAbortException({ instance_uuid: 'uuid', reason: 'r' }),
  ])('leaves $name as it is', (error) => {
    expect(outcome(error)).toBe(error);
  });
});
