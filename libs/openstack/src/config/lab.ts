import { bool, choice, intFrom, port, portOrOff, str } from './option';

/** lab.conf: what is the lab's own. */
export const labConf = {
  file: 'lab.conf',
  groups: {
    lab: {
      listen: str('127.0.0.1', 'Address of the trace store.'),
      port: port(8080, 'Port of the trace store.'),
      hosts: intFrom(
        1,
        1,
        'Compute hosts that `bootlab up` starts. Several are called compute1, compute2, … and have a folder each below instances_path.',
      ),
      max_traces: intFrom(1, 2000, 'Traces kept; the oldest are dropped.'),
      max_request_mib: intFrom(1, 20, 'Largest request with spans, in MiB, as it comes and once it is unpacked.'),
      level: choice(['story', 'path', 'detail'], 'path', 'Depth down to which hops are recorded.'),
      jaeger_agent_port: portOrOff(
        6832,
        'UDP port for spans as Thrift, the one of the Jaeger agent; the trace store does without when it is off or taken.',
      ),
      jaeger_ui: str(
        '',
        "Folder with the built files of Jaeger's page, served at /jaeger/. Unset: jaeger-ui among the downloads, if it is there.",
      ),
      jaeger_url: str('http://127.0.0.1:16686', "Address of a real Jaeger's page, to look for one and for links."),
      jaeger_otlp: str('http://127.0.0.1:4318', 'Where that Jaeger takes spans by OTLP/HTTP.'),
      forward_to: str(
        '',
        'OTLP/HTTP receiver to which the trace store passes on all spans it takes, such as http://127.0.0.1:4318.',
      ),
      faults: bool(true, 'Let the faults fire that a request carries in its baggage.'),
      log_level: choice(['debug', 'info', 'warn', 'error'], 'info', 'Least severity that is logged.'),
    },
  },
};
