import { IOError, OSError, RuntimeError, ValueError } from './builtins';
import { sampleKwargs } from './samples';
import { exceptionNamed, messagePlaces } from './table';
import { HttpException, httpTitle, webobStatus } from './webob';

const builtins: Record<string, (message?: string) => Error> = {
  ValueError: (message = 'A fault of the lab: this value cannot be.') => new ValueError(message),
  OSError: (message = 'A fault of the lab: no space is left on the device (ENOSPC).') => new OSError('ENOSPC', message),
  IOError: (message = 'A fault of the lab: these bytes are not what they should be.') => new IOError(message),
  RuntimeError: (message = 'A fault of the lab: this went wrong at run time.') => new RuntimeError(message),
};

/** Whether {@link makeException} can make it. */
export function canMake(module: string, name: string): boolean {
  if (module === 'builtins') return Object.hasOwn(builtins, name);
  if (module === 'webob.exc') return webobStatus(name) !== undefined;
  return exceptionNamed(module, name) !== undefined;
}

/**
 * Makes an exception by its dotted name, e.g. `nova.exception.ImageNotFound`, `webob.exc.HTTPNotFound` or `builtins.OSError`.
 * Undefined when the lab has no such exception.
 * @param message instead of the exception's own, whose places are filled with samples
 */
export function makeException(dotted: string, message?: string): Error | undefined {
  const at = dotted.lastIndexOf('.');
  const [module, name] = [dotted.slice(0, at), dotted.slice(at + 1)];
  if (!canMake(module, name)) return undefined;
  if (module === 'builtins') return builtins[name]!(message);
  if (module === 'webob.exc') {
    const status = webobStatus(name)!;
    return new HttpException(status, message ?? `${httpTitle(status)}: a fault of the lab.`);
  }
  const Class = exceptionNamed(module, name)!;
  return new Class(message === undefined ? sampleKwargs(messagePlaces(module, name)) : { message });
}
