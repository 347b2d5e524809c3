import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { note } from '../../cli/output';
import { haveJaeger } from '../../jaeger/have-jaeger';
import type { JaegerPlan } from '../../jaeger/plan';
import { downloadProgress } from '../jaeger/download-progress';

/** The Jaeger for `up --jaeger`. Without one the lab goes on with its own store, so that is a note and no failure. */
export async function planJaeger(): Promise<JaegerPlan | undefined> {
  const progress = downloadProgress('Downloading Jaeger');
  try {
    return await haveJaeger(progress);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    note(`${error.message} The lab goes on with its own store.`);
    return undefined;
  } finally {
    progress.end();
  }
}

/** What tells the trace store where the static files of Jaeger's page are. @throws Failure when they are not there */
export function jaegerUiEnvironment(folder: string): NodeJS.ProcessEnv {
  const path = resolve(folder);
  if (!existsSync(join(path, 'index.html'))) {
    throw new Failure(
      `${path} has no index.html: name the folder with the built files of Jaeger's page, or get them by \`bootlab jaeger ui\`.`,
      exitCodes.usage,
    );
  }
  return { BOOTLAB_LAB__LAB__JAEGER_UI: path };
}
