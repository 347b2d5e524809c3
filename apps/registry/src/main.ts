import { runService } from '@bootlab/service';

void runService({
  service: 'registry',
  start: async (logger) => (await import('./serve')).serve(logger),
});
