import { FaultKind } from '@bootlab/hop';
import fc from 'fast-check';
import { asScenario, BootPlan, bootPlans, Place } from './boot-plans';
import { Boot, FaultyBoots } from './faulty-boots';
import { droppedCasts, killedServices, nobodyWasLeft } from './unfinished';

/** For longer hunts: `FAULT_PLANS=300 FAULT_SEED=3 npx jest test/faults/property`. */
const PLANS = Number(process.env['FAULT_PLANS'] ?? 30);
const SEED = Number(process.env['FAULT_SEED'] ?? 7);
/** A service that dies more than five times within a minute stays down. */
const KILLS = 3;
const MOST_FAULTS = 3;
const MS_PER_PLAN = 5_000;
const ENDED = ['refused', 'ACTIVE', 'ERROR'];

describe(`boots in which anything breaks (seed ${SEED})`, () => {
  let boots: FaultyBoots;
  let places: Place[];

  beforeAll(async () => {
    boots = await FaultyBoots.start();
    places = await boots.places();
  }, 60_000);
  afterAll(() => boots.stop(), 30_000);

  /** Boots as planned and once more without faults; gives what is wrong then, with the plan as a scenario. */
  async function problemsOf(plan: BootPlan, problemsOfBoot: (boot: Boot) => Promise<string[]> | string[]) {
    const image = plan.warm ? await boots.warmImage(plan.source) : await boots.image(plan.source);
    const waits = plan.faults.every(({ kind }) => kind !== 'drop' && kind !== 'kill');
    const boot = await boots.boot(image, plan.faults, waits);
    const problems = await problemsOfBoot(boot);
    problems.push(...(await boots.leftovers()).map((name) => `${name} was left behind`));
    const next = await boots.boot(image);
    if (next.status !== 'ACTIVE') problems.push(`the next boot is ${next.status}: ${next.message}`);
    for (const missing of next.trace?.missing ?? []) problems.push(`the next boot: ${missing}`);
    await boots.deleteAll();
    problems.push(...(await boots.leftovers()).map((name) => `${name} was left behind by servers that are deleted`));
    return problems;
  }

  async function expectNoProblem(
    kinds: FaultKind[],
    numRuns: number,
    problemsOfBoot: (boot: Boot) => Promise<string[]> | string[],
  ): Promise<void> {
    const property = fc.asyncProperty(bootPlans(places, kinds, MOST_FAULTS), async (plan) => {
      const problems = await problemsOf(plan, problemsOfBoot);
      if (problems.length > 0) throw new Error(`${problems.join('\n')}\n\nAs a scenario:\n\n${asScenario(plan)}`);
    });
    await fc.assert(property, { numRuns, seed: SEED, interruptAfterTimeLimit: 30_000 + numRuns * MS_PER_PLAN });
  }

  it(
    `end, and are told of completely`,
    async () => {
      const kinds: FaultKind[] = ['delay', 'error', 'error', 'error', 'hang', 'truncate', 'corrupt'];
      await expectNoProblem(kinds, PLANS, ({ status, message, trace }) => {
        const ended = ENDED.includes(status) || nobodyWasLeft(trace!.spans);
        return [...(ended ? [] : [`the server is ${status}: ${message}`]), ...trace!.missing];
      });
    },
    60_000 + PLANS * MS_PER_PLAN,
  );

  it('stay in BUILD when a cast is lost, and the trace names it', async () => {
    await expectNoProblem(['drop'], 3, ({ status, trace }) => {
      const lost = droppedCasts(trace!.spans);
      const told = trace!.missing.filter((sentence) => sentence.includes('sent a message')).length;
      return [
        ...(lost === told ? [] : [`${lost} casts were dropped, ${told} are told of`]),
        ...(status === (lost === 0 ? 'ACTIVE' : 'BUILD')
          ? []
          : [`the server is ${status} after ${lost} dropped casts`]),
      ];
    });
  }, 60_000);

  it('end when a service dies, unless it was the one to end them', async () => {
    await expectNoProblem(['kill'], KILLS, async ({ status, trace }) => {
      const killed = trace === undefined ? ['compute-api'] : killedServices(trace.spans);
      for (const service of killed) await boots.lab.restarted(service);
      const ended = ENDED.includes(status) || killed.includes('compute-api') || killed.includes('conductor'); // prettier-ignore
      return ended ? [] : [`the server is ${status} after ${killed.join(', ')} died`];
    });
  }, 90_000);
});
