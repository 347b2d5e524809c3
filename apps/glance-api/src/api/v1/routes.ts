/** The routes of API v1 with the methods each has; other methods answer 405. Plays `glance.api.v1.router`. */
const routes: [RegExp, string][] = [
  [/^\/v1\/images\/?$/, 'GET, POST'],
  [/^\/v1\/images\/detail$/, 'GET, HEAD'],
  [/^\/v1\/images\/[^/]+\/members$/, 'GET, PUT'],
  [/^\/v1\/images\/[^/]+\/members\/[^/]+$/, 'PUT, DELETE'],
  [/^\/v1\/images\/[^/]+$/, 'GET, HEAD, PUT, DELETE'],
];

/** Methods that a path has, for `Allow`; undefined for a path that is no route. */
export function allowedMethods(url: string): string | undefined {
  const [path = ''] = url.split('?');
  return routes.find(([route]) => route.test(path))?.[1];
}
