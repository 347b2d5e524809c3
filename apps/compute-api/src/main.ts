import { runService } from '@bootlab/service';

void runService({ service: 'compute-api', start: async (logger) => (await import('./serve')).serve(logger) });
