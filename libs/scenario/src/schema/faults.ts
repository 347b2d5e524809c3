import { z } from 'zod';
import { duration, exactlyOne, hop, size } from './values';

export const faultKeys = ['delay', 'error', 'truncate', 'corrupt', 'hang', 'drop', 'kill'] as const;

export const fault = exactlyOne(
  z.strictObject({
    at: hop,
    on: z.union([z.string(), z.strictObject({ service: z.string().optional(), host: z.string().optional() })]).optional().meta({ description: 'Only in this service, or on this host.' }), // prettier-ignore
    delay: z.union([duration, z.strictObject({ of: duration, jitter: duration.optional() })]).optional(),
    error: z.union([z.string(), z.strictObject({ exception: z.string(), message: z.string().optional() })]).optional().meta({ description: 'An exception that this hop can raise, by its name.' }), // prettier-ignore
    truncate: size.optional().meta({ description: 'The bytes end after so many.' }),
    corrupt: size.optional().meta({ description: 'Offset of the byte that is changed.' }),
    hang: z.union([z.literal(true), z.strictObject({ at_most: duration })]).optional(),
    drop: z.literal(true).optional().meta({ description: 'The cast never arrives.' }),
    kill: z.literal(true).optional().meta({ description: 'The process dies here.' }),
    times: z.int().min(1).optional().meta({ description: 'Fires at most so often.' }),
    after: z.int().min(0).optional().meta({ description: 'Lets so many passages go first.' }),
    every: z.int().min(1).optional(),
    probability: z.number().min(0).max(1).optional(),
    steps: z.array(z.string()).optional().meta({ description: 'Only requests of these steps carry it; all steps when left out.' }), // prettier-ignore
  }),
  faultKeys,
  'A fault',
);
