import { HttpService, httpUrl, labHome, listenAddress, locateService } from '@bootlab/openstack';
import { exitCodes } from '../cli/exit-codes';
import { Failure } from '../cli/failure';
import { LabFolders, runningLab } from '../lab';

/**
 * Base URL of a service: where the lab of this home has it, else where the configuration puts it, since services may
 * also be run without `bootlab up`.
 * @throws Failure when no lab runs and the configuration leaves the port open
 */
export function locate(service: HttpService): string {
  const record = runningLab(new LabFolders(labHome()).run);
  const url = record?.services.find(({ name }) => name === service)?.url;
  if (url !== undefined) {
    locateService(service, url);
    return url;
  }
  const { host, port } = listenAddress(service);
  if (port === 0) throw unreachable(service);
  const configured = httpUrl(host, port);
  locateService(service, configured);
  return configured;
}

/** Why nothing answers: the lab does not run, or one service of it is down. */
export function unreachable(service: HttpService, url?: string, cause?: unknown): Failure {
  const { home, run } = new LabFolders(labHome());
  const at = url === undefined ? '' : ` at ${url}`;
  const message =
    runningLab(run) === undefined
      ? `No lab runs in ${home} and no ${service} answers${at}: start the lab with \`bootlab up\`.`
      : `${service} does not answer${at}: see \`bootlab status\` and \`bootlab logs ${service}\`.`;
  return new Failure(message, exitCodes.notRunning, { cause });
}
