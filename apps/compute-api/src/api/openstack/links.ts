import type { NovaRequest } from './request';

export interface Link {
  rel: 'self' | 'bookmark' | 'next' | 'describedby';
  href: string;
  type?: string;
}

type Collection = 'servers' | 'flavors' | 'images';

/** `http://127.0.0.1:8774`, as the client called it. */
export function applicationUrl({ protocol, host }: NovaRequest): string {
  return `${protocol}://${host}`;
}

/** The project, when the URL names it. */
function projectPart({ params }: NovaRequest): string {
  const { project_id: projectId } = (params ?? {}) as { project_id?: string };
  return projectId === undefined ? '' : `/${projectId}`;
}

export function selfLink(request: NovaRequest, collection: Collection, id: string): Link {
  return { rel: 'self', href: `${applicationUrl(request)}/v2.1${projectPart(request)}/${collection}/${id}` };
}

export function bookmarkLink(request: NovaRequest, collection: Collection, id: string): Link {
  return { rel: 'bookmark', href: `${applicationUrl(request)}${projectPart(request)}/${collection}/${id}` };
}

/** Where the list goes on, when a page is full. */
export function nextLinks(request: NovaRequest, ids: string[], limit: number): Link[] {
  const last = ids.at(-1);
  if (last === undefined || ids.length < limit) return [];
  const url = new URL(request.url, applicationUrl(request));
  url.searchParams.set('marker', last);
  return [{ rel: 'next', href: url.href }];
}
