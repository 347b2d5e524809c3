import { z } from 'zod';
import { fault } from './faults';
import { given } from './given';
import { assertion } from './then';
import { duration, hop, scalar } from './values';
import { step } from './when';

const lesson = z.union([z.string(), z.strictObject({ hop: hop.optional(), look: z.string() })]);

/** One scenario: a file of `scenarios/`. */
export const scenario = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'use small letters, digits and "-"; it is the name of the file'),
  title: z.string().min(1).max(100),
  about: z.string().min(1).meta({ description: 'Markdown: what happens and why it matters.' }),
  learn: z.array(lesson).default([]).meta({ description: 'What to look at.' }),
  tags: z.array(z.string().regex(/^[a-z0-9-]+$/, 'use small letters, digits and "-"')).default([]),
  level: z.enum(['story', 'path', 'detail']).default('path'),
  deadline: duration.default(30_000).meta({ description: 'How long a step may take; 30 s when left out.' }),
  matrix: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), z.array(scalar).min(1)).optional().meta({ description: 'Runs the whole once for each value; ${name} stands for it anywhere below.' }), // prettier-ignore
  given: given.prefault({}),
  faults: z.array(fault).default([]),
  when: z.array(step).min(1),
  then: z.array(assertion).min(1, 'say at least one thing that must hold'),
});

export type Scenario = z.output<typeof scenario>;
export type Given = Scenario['given'];
export type GivenImage = NonNullable<Given['images']>[string];
export type ScenarioFault = Scenario['faults'][number];
export type Step = Scenario['when'][number];
export type Assertion = Scenario['then'][number];
