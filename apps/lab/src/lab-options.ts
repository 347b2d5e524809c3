import { cacheFolder, homeFolder, labConf, loadConf } from '@bootlab/openstack';
import { join } from 'node:path';
import { forwardTarget } from './forward/forward-target';

export const LAB_OPTIONS = Symbol('LAB_OPTIONS');

export interface LabOptions {
  /** Where the traces are stored, as a connection URL. */
  connection: string;
  /** Traces kept; the oldest are dropped. At least 1. */
  maxTraces: number;
  /** Largest request with spans in bytes, as it comes and once it is unpacked. */
  maxRequestBytes: number;
  /** Base URL of the OTLP/HTTP receiver that gets every span too; none when empty. */
  forwardTo?: string;
  /** Where Thrift is taken over UDP, if it is; port 0 for any free one. */
  agent: { host: string; port: number } | 'off';
  /** Folder where the built files of Jaeger's page are, if they are. */
  jaegerUi: string;
}

const MIB = 1024 * 1024;

/** Reads lab.conf. @throws ConfigError */
export function readLabOptions(): LabOptions {
  const options = loadConf(labConf).lab;
  const agentPort = options.jaeger_agent_port;
  return {
    connection: `sqlite:///${homeFolder()}/traces.sqlite`,
    maxTraces: options.max_traces,
    maxRequestBytes: options.max_request_mib * MIB,
    forwardTo: forwardTarget(),
    agent: agentPort === 'off' ? agentPort : { host: options.listen, port: agentPort },
    jaegerUi: options.jaeger_ui || join(cacheFolder(), 'jaeger-ui'),
  };
}
