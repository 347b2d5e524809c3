import { exceptionNamed, glanceException, novaException, OpenStackException } from '.';

describe('exceptionTable', () => {
  it('makes classes that form the hierarchy of the original', () => {
    const error = new novaException.FlavorDiskSmallerThanImage({ flavor_size: 1, image_size: 2 });
    expect(error).toBeInstanceOf(novaException.FlavorDiskTooSmall);
    expect(error).toBeInstanceOf(OpenStackException);
    expect(error).not.toBeInstanceOf(novaException.FlavorMemoryTooSmall);
    expect(error.name).toBe('FlavorDiskSmallerThanImage');
    expect(error.message).toContain('Flavor disk is 1 bytes, image is 2 bytes');
    expect(error.kwargs).toEqual({ flavor_size: 1, image_size: 2 });
    expect(error.code).toBe(400);
  });

  it('lets a message given with the exception win over the table', () => {
    expect(new novaException.ImageNotFound({ message: 'gone' }).message).toBe('gone');
  });

  it('finds a class by module and name, which two modules may share', () => {
    expect(exceptionNamed('glance.common.exception', 'ImageNotFound')).toBe(glanceException.ImageNotFound);
    expect(exceptionNamed('nova.exception', 'ImageNotFound')).toBe(novaException.ImageNotFound);
    expect(exceptionNamed('nova.exception', 'Nonsense')).toBeUndefined();
  });
});
