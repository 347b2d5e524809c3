import { z } from 'zod';
import { name, scalar, size } from './values';

/** What becomes of the stored bytes once the image is active: the store file itself is damaged. */
const stored = z.strictObject({
  missing: z.literal(true).optional(),
  truncate: size.optional().meta({ description: 'Bytes that are left.' }),
  corrupt: size.optional().meta({ description: 'Offset of the byte that is changed.' }),
});

export const image = z.strictObject({
  size: size.optional().meta({ description: 'Generated content of this many bytes.' }),
  header: z.enum(['none', 'mbr', 'qcow2', 'iso', 'vmdk']).default('none').meta({ description: 'The format whose header the generated content starts with.' }), // prettier-ignore
  file: z.string().min(1).optional().meta({ description: 'A file, relative to this one, instead of generated content.' }), // prettier-ignore
  location: z.string().min(1).optional().meta({ description: 'An external location instead of an upload: ${web}/disk.img, http://…' }), // prettier-ignore
  claimed_size: size.optional().meta({ description: 'The size told with an external location; nothing checks it.' }),
  disk_format: z.string().default('raw'),
  container_format: z.string().default('bare'),
  min_disk: z.int().min(0).optional().meta({ description: 'GiB.' }),
  min_ram: z.int().min(0).optional().meta({ description: 'MiB.' }),
  properties: z.record(z.string(), scalar).optional(),
  status: z.enum(['active', 'queued', 'deactivated', 'killed', 'pending_delete', 'saving']).default('active'),
  visibility: z.enum(['private', 'public']).default('private'),
  protected: z.boolean().optional(),
  owner: z.string().min(1).optional().meta({ description: 'A project; the own one of the scenario when left out.' }),
  store: z.enum(['file', 'http']).optional().meta({ description: 'http: served by the HTTP server of the scenario.' }),
  stored: stored.optional(),
});

/** One path of the HTTP server that the scenario brings. */
export const webAnswer = z.strictObject({
  size: size.optional().meta({ description: 'Generated content of this many bytes.' }),
  status: z.int().min(200).max(599).optional(),
  redirects: z.int().min(1).max(20).optional().meta({ description: 'How many redirects lead to the content.' }),
  redirect_to: z.string().min(1).optional().meta({ description: 'Where it redirects to.' }),
  truncate: size.optional().meta({ description: 'Breaks the connection after so many bytes.' }),
});

export const flavor = z.strictObject({
  vcpus: z.int().min(1).default(1),
  ram: z.int().min(1).meta({ description: 'MiB.' }),
  disk: z.int().min(0).meta({ description: 'GiB; 0 means as large as the image.' }),
  ephemeral: z.int().min(0).default(0),
  swap: z.int().min(0).default(0),
});

const sections = z.record(z.string(), z.record(z.string(), scalar)).optional();
const config = z.strictObject({ nova: sections, 'glance-api': sections, 'glance-registry': sections, lab: sections });
export type ConfigFile = keyof z.output<typeof config>;

export const given = z.strictObject({
  images: z.record(name, image).optional(),
  web: z.record(z.string().regex(/^\//, 'A path starts with "/".'), webAnswer).optional(),
  flavors: z.record(name, flavor).optional(),
  config: config.optional().meta({ description: 'Options over etc/*.conf: file, section, option.' }), // prettier-ignore
  policy: z.record(z.string(), z.string()).optional().meta({ description: "Rules over glance's policy.json." }),
  property_protections: z.record(z.string(), z.record(z.enum(['create', 'read', 'update', 'delete']), z.string())).optional(), // prettier-ignore
  hosts: z.strictObject({ count: z.int().min(1).max(8).optional().meta({ description: 'Compute hosts; several are called compute1, compute2, …' }), vcpus: z.int().min(1).optional(), memory_mb: z.int().min(1).optional(), local_gb: z.int().min(1).optional() }).optional().meta({ description: 'How many compute hosts there are, and what each has.' }), // prettier-ignore
  transport: z.enum(['tcp', 'rabbitmq']).optional().meta({ description: 'How messages travel. A scenario over a server that does not answer is skipped.' }), // prettier-ignore
  database: z.enum(['sqlite', 'mysql', 'postgresql']).optional().meta({ description: 'Where nova and glance keep their rows.' }), // prettier-ignore
  cache: z.enum(['cold', 'warm']).default('cold').meta({ description: 'warm: each image has been booted once before.' }), // prettier-ignore
  roles: z.array(z.string()).default(['member']).meta({ description: 'Roles of the user who runs the steps.' }),
});
