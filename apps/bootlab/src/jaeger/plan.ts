import { labConf, loadConf } from '@bootlab/openstack';
import { Failure } from '../cli/failure';
import type { JaegerSource } from './run-record';

/** Where a Jaeger's page and its OTLP/HTTP receiver are, as base URLs without a slash at the end. */
export interface JaegerAddress {
  url: string;
  otlp: string;
}

/** How to have a Jaeger: one that is there already, or a command that runs one. */
export interface JaegerPlan extends JaegerAddress {
  source: JaegerSource;
  /** Absent for one that is there already. */
  command?: readonly string[];
}

/** Where `[lab]` of lab.conf puts Jaeger. */
export function jaegerAddress(env: NodeJS.ProcessEnv = process.env): JaegerAddress {
  const { jaeger_url, jaeger_otlp } = loadConf(labConf, env).lab;
  return { url: baseUrl('jaeger_url', jaeger_url), otlp: baseUrl('jaeger_otlp', jaeger_otlp) };
}

function baseUrl(option: string, value: string): string {
  if (/^https?:\/\//.test(value) && URL.canParse(value)) return value.replace(/\/+$/, '');
  throw new Failure(
    `${option} in [lab] of lab.conf is "${value}"; it takes an address such as http://127.0.0.1:16686.`,
  );
}

/** Port of an HTTP address. */
export function portOf(url: string): number {
  const { port, protocol } = new URL(url);
  return Number(port || (protocol === 'https:' ? 443 : 80));
}
