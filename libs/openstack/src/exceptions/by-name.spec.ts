import { HttpException, labException, makeException, novaException, OSError } from '.';

describe('makeException', () => {
  it('makes what the tables have, with sample values in the places of the message', () => {
    const error = makeException('nova.exception.FlavorDiskSmallerThanImage');
    expect(error).toBeInstanceOf(novaException.FlavorDiskTooSmall);
    expect(error?.message).toContain('Flavor disk is 1 bytes, image is 2 bytes');
    expect(makeException('bootlab.FaultDeadline')).toBeInstanceOf(labException.FaultDeadline);
  });

  it('makes HTTP answers and exceptions of Python', () => {
    expect(makeException('webob.exc.HTTPNotFound')).toMatchObject({ name: 'HTTPNotFound', status: 404 });
    expect(makeException('webob.exc.HTTPNotFound')).toBeInstanceOf(HttpException);
    expect(makeException('builtins.OSError', 'full')).toEqual(new OSError('ENOSPC', 'full'));
  });

  it('takes the message it is given', () => {
    expect(makeException('nova.exception.ImageNotFound', 'gone')?.message).toBe('gone');
    expect(makeException('webob.exc.HTTPConflict', 'taken')).toMatchObject({ explanation: 'taken' });
  });

  it.each(['nova.exception.Nonsense', 'webob.exc.HTTPTeapot', 'builtins.toString', 'ImageNotFound', ''])(
    'knows no %j',
    (name) => expect(makeException(name)).toBeUndefined(),
  );
});
