import { Content, generatedContent } from '../content/content';
import type { WebAnswer } from './web-server';

/** What the scenario's HTTP server serves at a path, at the end of its redirects. */
export function servedContent(path: string, { name = path, size = 0, header = 'none' }: WebAnswer): Content {
  return generatedContent(name, size, header);
}
