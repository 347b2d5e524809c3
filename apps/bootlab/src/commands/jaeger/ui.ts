import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { note, print } from '../../cli/output';
import { fetchRelease, isThere } from '../../jaeger/fetch-release';
import { uiRelease } from '../../jaeger/release';
import { downloadProgress } from './download-progress';

/** Downloads the static files of Jaeger's page to where the lab looks for them. */
export async function fetchJaegerUi(): Promise<ExitCode> {
  const release = uiRelease();
  if (isThere(release)) note(`${release.name} is there already.`);
  else {
    const progress = downloadProgress("Downloading Jaeger's page");
    await fetchRelease(release, progress).finally(() => progress.end());
    note(`${release.name} is there. A lab that starts from now on serves it at /jaeger/ of its own address.`);
  }
  print(release.folder);
  return exitCodes.ok;
}
