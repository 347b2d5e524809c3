/** Methods of the paths that exist, for a request whose method is none of them. */
const routes: [RegExp, string][] = [
  [/^\/images$/, 'GET, POST'],
  [/^\/images\/detail$/, 'GET'],
  [/^\/images\/[^/]+$/, 'GET, PUT, DELETE'],
  [/^\/images\/[^/]+\/members$/, 'GET, PUT'],
  [/^\/images\/[^/]+\/members\/[^/]+$/, 'PUT, DELETE'],
];

/** The value of `Allow` for a URL of the registry; undefined when there is no such resource. */
export function allowedMethods(url: string): string | undefined {
  const path = url.replace(/\?.*$/, '').replace(/^\/v1(?=\/)/, '');
  return routes.find(([pattern]) => pattern.test(path))?.[1];
}
