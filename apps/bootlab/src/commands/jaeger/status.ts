import { labHome } from '@bootlab/openstack';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { print, printJson } from '../../cli/output';
import { sheet } from '../../cli/table';
import { answersAsJaeger } from '../../jaeger/find';
import { jaegerAddress } from '../../jaeger/plan';
import { JaegerRecord, readJaegerRecord } from '../../jaeger/run-record';

function origin(record: JaegerRecord | undefined): string {
  if (record === undefined || record.source === 'found') return 'it was there before the lab';
  const kind = record.source === 'docker' ? 'Docker' : 'a program';
  return `${kind}, started ${record.withLab ? 'with the lab' : 'by `bootlab jaeger start`'}`;
}

/** Shows the Jaeger of this home, or the one that answers at the configured address. */
export async function jaegerStatus({ json = false }: { json?: boolean }): Promise<ExitCode> {
  const record = readJaegerRecord(labHome());
  const { url, otlp } = record ?? jaegerAddress();
  const answers = await answersAsJaeger(url);
  if (json) printJson({ url, otlp, answers, source: record?.source, pid: record?.pid });
  else if (answers)
    print(sheet({ Jaeger: url, 'OTLP/HTTP': `${otlp}/v1/traces`, Source: origin(record), Pid: record?.pid }));
  else print(`No Jaeger answers at ${url}: \`bootlab jaeger start\`, or \`bootlab up --jaeger\`.`);
  return answers ? exitCodes.ok : exitCodes.notRunning;
}
