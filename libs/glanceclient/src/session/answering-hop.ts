const CONTROLLER = 'glance.api.v1.images.Controller';

const actions: [method: string, path: RegExp, action: string][] = [
  ['GET', /^\/v1\/images$/, 'index'],
  ['GET', /^\/v1\/images\/detail$/, 'detail'],
  ['POST', /^\/v1\/images$/, 'create'],
  ['HEAD', /^\/v1\/images\/[^/]+$/, 'meta'],
  ['GET', /^\/v1\/images\/[^/]+$/, 'show'],
  ['PUT', /^\/v1\/images\/[^/]+$/, 'update'],
  ['DELETE', /^\/v1\/images\/[^/]+$/, 'delete'],
];

/** The hop of glance-api that answers a request: what the work is handed over to. */
export function answeringHop(method: string, path: string): string | undefined {
  const [pathname = ''] = path.split('?');
  const found = actions.find(([verb, pattern]) => verb === method && pattern.test(pathname));
  return found && `${CONTROLLER}.${found[2]}`;
}
