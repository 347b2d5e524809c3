import { projectRoot } from '@bootlab/openstack';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface ComposeService {
  image: string;
  command?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  volumes?: string[];
}

export const deployFolder = join(projectRoot(), 'deploy');

/** `deploy/compose.yaml` as Docker reads it, `${NAME:-value}` with its value. */
export function composeFile(): { services: Record<string, ComposeService>; volumes: Record<string, null> } {
  const text = readFileSync(join(deployFolder, 'compose.yaml'), 'utf8');
  const filled = text.replaceAll(/\$\{\w+:-(\w+)\}/g, '$1');
  return parse(filled, { merge: true }) as ReturnType<typeof composeFile>;
}
