import { runService } from '@bootlab/service';

void runService({ service: 'conductor', start: async (logger) => (await import('./serve')).serve(logger) });
