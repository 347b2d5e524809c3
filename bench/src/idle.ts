import { readFileSync } from 'node:fs';
import { atMost, Figure } from './figures';
import { startOwnLab } from '../../test/support/own-lab';

const MIB = 1 << 20;

function kib(path: string, key: string): number {
  return Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(readFileSync(path, 'utf8'))?.[1] ?? 0) * 1024;
}

export async function benchIdle(): Promise<Figure[]> {
  const started = performance.now();
  const lab = await startOwnLab();
  const ready = (performance.now() - started) / 1000;
  try {
    const pids = [...Object.values(lab.pids), lab.supervisorPid];
    const resident = pids.reduce((sum, pid) => sum + kib(`/proc/${pid}/status`, 'VmRSS'), 0);
    const own = pids.reduce((sum, pid) => sum + kib(`/proc/${pid}/smaps_rollup`, 'Pss'), 0);
    return [
      atMost('start until ready', ready, 's', 10),
      atMost(
        'memory of the idle lab, all processes',
        resident / MIB,
        'MiB',
        650,
        `${(own / MIB).toFixed(0)} MiB with shared pages counted once`,
      ),
    ];
  } finally {
    await lab.stop();
  }
}
