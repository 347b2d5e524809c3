import { labHome } from '@bootlab/openstack';
import { Controller, Get } from '@nestjs/common';

@Controller('lab/v1')
export class IndexController {
  /** Where the lab keeps its state, and what this server answers. */
  @Get()
  index() {
    return {
      name: 'Nova Boot Lab, trace store',
      home: labHome(),
      endpoints: {
        'GET /': 'the traces as a page',
        'GET /trace/{id}?level=&span=': 'one trace as a page',
        'GET /jaeger/': "Jaeger's own page, when its files are there",
        'GET /api/v3/…, /api/…': "Jaeger's query API",
        'POST /api/traces': 'Thrift over HTTP, as Jaeger takes it',
        'POST /v1/traces': 'OTLP/HTTP receiver: application/json or application/x-protobuf, gzip or plain',
        'GET /lab/v1/traces?limit=&service=&name=': 'summaries of traces, newest first',
        'GET /lab/v1/traces/{id}': 'the spans of one trace',
        'GET /lab/v1/traces/{id}?wait=complete&timeout=SECONDS': 'the same, once every hand-over has arrived',
        'GET /lab/v1/traces/{id}/jaeger': 'one trace as Jaeger JSON',
        'GET /lab/v1/forward': 'where spans are passed on to, and how many were',
      },
    };
  }
}
