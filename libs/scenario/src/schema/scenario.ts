import { z } from 'zod';
import { fault } from './faults';
import { given } from './given';
import { assertion } from './then';
import { duration, hop, scalar } from './values';
import { step } from './when';

const lesson = z.union([z.string(), z.strictObject({ hop: hop.optional(), look: z.string() })]);

/** Names that stand for something at run time. */
export const runTimeNames = ['web', 'images', 'steps', 'project'];

export const matrix = z.record(
  z
    .string()
    .regex(/^[a-z][a-z0-9_]*$/, 'Use small letters, digits and "_", a letter first.')
    .refine((name) => !runTimeNames.includes(name), {
      error: ({ input }) => `\${${input as string}} stands for something else already: choose another name.`,
    }),
  z.array(scalar).min(1, 'Give at least one value.'),
);

/** What a scenario may be called. */
export const NAME = /^[a-z][a-z0-9-]{0,62}$/;

/** One scenario: a file of `scenarios/`. */
export const scenario = z.strictObject({
  name: z.string().regex(NAME, 'Use small letters, digits and "-"; it is the name of the file.').optional().meta({ description: 'The name of the file, without its ending.' }), // prettier-ignore
  title: z.string().min(1).max(100).optional().meta({ description: 'One line that tells what happens; the name when left out.' }), // prettier-ignore
  about: z.string().min(1).optional().meta({ description: 'Markdown: what happens and why it matters.' }),
  learn: z.array(lesson).default([]).meta({ description: 'What to look at.' }),
  tags: z.array(z.string().regex(/^[a-z0-9-]+$/, 'Use small letters, digits and "-".')).default([]).meta({ description: 'Words to select scenarios by.' }), // prettier-ignore
  level: z.enum(['story', 'path', 'detail']).default('path').meta({ description: 'How deep the reports show the traces.' }), // prettier-ignore
  deadline: duration.default(30_000).meta({ description: 'How long a step may take; 30 s when left out.' }),
  matrix: matrix.optional().meta({ description: 'Runs the whole once for each value; ${name} stands for it anywhere below.' }), // prettier-ignore
  given: given.prefault({}),
  faults: z.array(fault).default([]).meta({ description: 'What breaks, hop by hop.' }),
  when: z.array(step).min(1, 'Say at least one step.').meta({ description: 'The steps, in order.' }),
  then: z.array(assertion).min(1, 'Say at least one thing that must hold.').meta({ description: 'What must hold afterwards.' }), // prettier-ignore
});

/** A scenario as it is written, or filled in: what says how it is called is always there. */
export type Scenario = z.output<typeof scenario> & { name: string; title: string; about: string };
export type Given = Scenario['given'];
export type GivenImage = NonNullable<Given['images']>[string];
export type ScenarioFault = Scenario['faults'][number];
export type Step = Scenario['when'][number];
export type Assertion = Scenario['then'][number];
