import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { request } from 'undici';

const ANSWER_MS = 1_000;

/** Whether a Jaeger's query API answers at a base URL: today's, or that of before 2.15. */
export async function answersAsJaeger(url: string): Promise<boolean> {
  for (const [path, list] of [
    ['/api/v3/services', 'services'],
    ['/api/services', 'data'],
  ] as const) {
    if (Array.isArray((await getJson(`${url}${path}`))?.[list])) return true;
  }
  return false;
}

/** Undefined for whatever is no JSON object with status 200. */
async function getJson(url: string): Promise<Record<string, unknown> | undefined> {
  try {
    const { statusCode, body } = await request(url, { signal: AbortSignal.timeout(ANSWER_MS) });
    const value: unknown = statusCode === 200 ? await body.json() : await body.dump();
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Where a program is on PATH. */
export function onPath(program: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
