import type { CaseRun } from './case-run';

const PLACE = /\$\{([^}]+)\}/g;

function valueOf(run: CaseRun, name: string): string | undefined {
  if (name === 'project') return run.projectId;
  if (name === 'web') return run.web?.url;
  const [, kind, key] = /^(images|steps)\.(.+)\.id$/.exec(name) ?? [];
  if (kind === 'images') return run.images.get(key!)?.id;
  const step = kind === 'steps' ? run.steps.get(key!) : undefined;
  return step?.servers?.[0] ?? step?.imageId;
}

/** The value with each `${…}` in its texts replaced by what it stands for by now. @throws Error for one that stands for nothing */
export function fill<T>(run: CaseRun, value: T): T {
  if (typeof value === 'string') {
    return value.replaceAll(PLACE, (whole, name: string) => {
      const found = valueOf(run, name);
      if (found === undefined) throw new Error(`${whole} stands for nothing at this point.`);
      return found;
    }) as T;
  }
  if (Array.isArray(value)) return value.map((item: unknown) => fill(run, item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(run, item as unknown)])) as T;
}
