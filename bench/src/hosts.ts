import { readFileSync } from 'node:fs';
import { BOOTS, bootsPerSecond, warmLab } from './boots';
import type { Figure } from './figures';

const MS_PER_TICK = 10;
const USER_TICKS = 11;
const SYSTEM_TICKS = 12;

/** Milliseconds of processor time that each process of a lab has had; Linux only. */
function processorTime(pids: Record<string, number>): Map<string, number> {
  return new Map(
    Object.entries(pids).map(([service, pid]) => {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return [service, (Number(fields[USER_TICKS]) + Number(fields[SYSTEM_TICKS])) * MS_PER_TICK];
    }),
  );
}

async function benchWith(hosts: number): Promise<Figure> {
  const { lab, nova, image } = await warmLab({ BOOTLAB_LAB__LAB__HOSTS: String(hosts) });
  try {
    const before = processorTime(lab.pids);
    const value = await bootsPerSecond(nova, image);
    const cost = [...processorTime(lab.pids)].map(
      ([service, ms]) => `${service} ${((ms - (before.get(service) ?? 0)) / BOOTS).toFixed(1)}`,
    );
    const note = `ms of processor time a boot: ${cost.join(', ')}`;
    return { name: `boots to ACTIVE, ${hosts} compute host${hosts > 1 ? 's' : ''}`, value, unit: '/s', note };
  } finally {
    await lab.stop();
  }
}

/** The same boots over more and more compute hosts of this machine, and what each process spends on one. */
export async function benchHosts(): Promise<Figure[]> {
  return [await benchWith(1), await benchWith(2), await benchWith(3)];
}
