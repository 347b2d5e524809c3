import { z } from 'zod';
import { image } from './given';
import { duration, exactlyOne, headerName, hop, name } from './values';

const waitFor = exactlyOne(
  z.strictObject({
    server: z.string(),
    status: z.string().optional(),
    task_state: z.string().optional().meta({ description: 'What the server is at, e.g. spawning.' }),
  }),
  ['status', 'task_state'],
  'A wait for a server',
);

export const stepKeys = [
  'boot',
  'create_image',
  'list_images',
  'show_image',
  'download',
  'delete',
  'wait',
  'restart',
  'stop',
  'cut',
  'http',
  'find_trace',
  'parallel',
] as const;

const boot = exactlyOne(
  z.strictObject({
    image: z.string().optional().meta({ description: 'An image of `given`, or of a step; else taken as an id.' }),
    image_name: z.string().optional().meta({ description: 'Found by its name, as a user would: lists the images first.' }), // prettier-ignore
    flavor: z.string().default('m1.nano'),
    name: z.string().optional(),
    count: z.int().min(1).max(100).default(1),
    metadata: z.record(z.string(), z.string()).optional(),
    until: z.enum(['settled', 'accepted']).default('settled').meta({ description: 'settled: ACTIVE or ERROR; accepted: the request has been answered.' }), // prettier-ignore
  }),
  ['image', 'image_name'],
  'A boot',
);

const http = z.strictObject({
  service: z.enum(['compute-api', 'glance-api', 'registry']),
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH']).default('GET'),
  path: z.string().regex(/^\//, 'A path starts with "/".'),
  headers: z.record(headerName, z.string()).optional(),
  body: z.unknown().optional().meta({ description: 'Sent as it is when text, else as JSON.' }),
});

const shape = {
  as: name.optional(),
  boot: boot.optional(),
  create_image: image.optional(),
  list_images: z.strictObject({ name: z.string().optional(), detail: z.boolean().default(false) }).optional(),
  show_image: z.strictObject({ image: z.string() }).optional(),
  download: z.strictObject({ image: z.string() }).optional(),
  delete: exactlyOne(
    z.strictObject({ server: z.string().optional(), image: z.string().optional() }),
    ['server', 'image'],
    'A delete',
  ).optional(),
  wait: z
    .union([duration, waitFor])
    .optional()
    .meta({ description: 'Lets time go by, or waits for a state of a server.' }),
  stop: z
    .string()
    .optional()
    .meta({ description: 'A service: stopped, or a compute host killed, until it is restarted.' }),
  cut: z.strictObject({ connection: z.enum(['broker', 'database']), for: duration }).optional().meta({ description: 'Breaks the connections to a server; nobody gets through for so long.' }), // prettier-ignore
  restart: z.string().optional().meta({ description: 'A service: stopped and started again.' }),
  http: http.optional(),
  find_trace: z.strictObject({ hop }).optional().meta({ description: 'A trace since the start that no step made, by a hop in it.' }), // prettier-ignore
};

const plainKeys = stepKeys.filter((key) => key !== 'parallel');
const plainStep = exactlyOne(z.strictObject(shape), plainKeys, 'A step inside parallel');

export const step = exactlyOne(
  z.strictObject({ ...shape, parallel: z.array(plainStep).min(2).max(100).optional() }),
  stepKeys,
  'A step',
);
