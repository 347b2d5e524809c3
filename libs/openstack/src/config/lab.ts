import { choice, int, port, str } from './option';

/** lab.conf: what is the lab's own. */
export const labConf = {
  file: 'lab.conf',
  groups: {
    lab: {
      listen: str('127.0.0.1', 'Address of the trace store.'),
      port: port(8080, 'Port of the trace store.'),
      max_traces: int(2000, 'Traces kept; the oldest are dropped.'),
      level: choice(['story', 'path', 'detail'], 'path', 'Depth down to which hops are recorded.'),
      jaeger_url: str('http://127.0.0.1:16686', "Address of a real Jaeger's page, to look for one and for links."),
      jaeger_otlp: str('http://127.0.0.1:4318', 'Where that Jaeger takes spans by OTLP/HTTP.'),
      forward_to: str(
        '',
        'OTLP/HTTP receiver to which the trace store passes on all spans it takes, such as http://127.0.0.1:4318.',
      ),
      log_level: choice(['debug', 'info', 'warn', 'error'], 'info', 'Least severity that is logged.'),
    },
  },
};
