import { raisableExceptions } from '@bootlab/hop';
import { canMake } from '@bootlab/openstack';

/** Where the functions of a repository find their exceptions, the first that has the name. */
const modules: Record<string, string[]> = {
  nova: ['nova.exception', 'webob.exc', 'oslo_messaging.exceptions', 'builtins'],
  glance: ['glance.common.exception', 'webob.exc', 'builtins'],
  glance_store: ['glance_store.exceptions', 'builtins'],
  'python-glanceclient': ['glanceclient.exc', 'builtins'],
  'oslo.messaging': ['oslo_messaging.exceptions', 'builtins'],
};

/** The short names that the catalogue writes before an exception of another repository. */
const prefixes: Record<string, string> = {
  glance_store: 'glance_store.exceptions',
  messaging: 'oslo_messaging.exceptions',
};

/** An exception that a fault can raise at a hop. */
export interface Faultable {
  /** `ImageNotFound` */
  name: string;
  /** `nova.exception.ImageNotFound` */
  dotted: string;
}

function resolve(exception: string, repo: string): Faultable | undefined {
  const [prefix = '', ...rest] = exception.split('.');
  const name = rest[0] ?? exception;
  const candidates = rest.length > 0 ? [prefixes[prefix] ?? prefix] : (modules[repo] ?? ['builtins']);
  const module = candidates.find((candidate) => canMake(candidate, name));
  return module === undefined ? undefined : { name, dotted: `${module}.${name}` };
}

/** The exceptions that a hop can raise, itself or through what it calls in its process, and that the lab can make. */
export function faultableExceptions(hopId: string): Faultable[] {
  const found = raisableExceptions(hopId).flatMap(({ name, repo }) => resolve(name, repo) ?? []);
  return [...new Map(found.map((faultable) => [faultable.dotted, faultable])).values()];
}
