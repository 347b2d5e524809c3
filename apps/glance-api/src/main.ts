import { runService } from '@bootlab/service';

void runService({ service: 'glance-api', start: async (logger) => (await import('./serve')).serve(logger) });
