import { runService, serveHttp } from '@bootlab/service';
import { readLabOptions } from './lab-options';
import { LabModule } from './lab.module';
import { adapterOptions, takeRawBodies } from './otlp/raw-bodies';

void runService({
  service: 'lab',
  traced: false,
  start: (logger) => {
    const options = readLabOptions();
    return serveHttp({
      service: 'lab',
      logger,
      module: LabModule.register(options),
      adapter: adapterOptions,
      configure: takeRawBodies,
    });
  },
});
