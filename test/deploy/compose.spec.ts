import {
  envPrefix,
  glanceApiConf,
  glanceRegistryConf,
  labConf,
  novaConf,
  OptionGroup,
  projectRoot,
} from '@bootlab/openstack';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeFile, deployFolder } from './compose-file';

const files: { file: string; groups: Record<string, OptionGroup> }[] = [
  novaConf,
  glanceApiConf,
  glanceRegistryConf,
  labConf,
];
const { services, volumes } = composeFile();
const ours = Object.entries(services).filter(([, { image }]) => image === 'nova-boot-lab');

/** The option that a variable sets. */
function optionOf(variable: string) {
  const conf = files.find(({ file }) => variable.startsWith(envPrefix(file)));
  const [section = '', name = ''] = variable.slice(envPrefix(conf?.file ?? '').length).split('__');
  const group = Object.entries(conf?.groups ?? {}).find(([known]) => known.toUpperCase() === section);
  return group?.[1][name.toLowerCase()];
}

describe('deploy/compose.yaml', () => {
  const settings = Object.entries(services).flatMap(([service, { environment = {} }]) =>
    Object.entries(environment)
      .filter(([variable]) => variable.startsWith('BOOTLAB_'))
      .map(([variable, value]) => [service, variable, value] as const),
  );

  it('runs every app of the lab', () => {
    const apps = ['lab', 'registry', 'glance-api', 'compute-api', 'conductor', 'compute-manager', 'bootlab'];
    expect(ours.map(([name]) => name).sort()).toEqual(apps.sort());
  });

  it.each(settings)('%s sets %s, an option that there is, to a value that it takes', (_, variable, value) => {
    const option = optionOf(variable);
    expect(option).toBeDefined();
    expect(() => option?.parse(value)).not.toThrow();
  });

  it('runs programs that the build has', () => {
    const scripts = ours.flatMap(([, { command = [], healthcheck }]) =>
      [...command, ...(healthcheck?.test ?? [])].filter((word) => /\.js$/.test(word)),
    );
    const sources = scripts.map((script) => script.replace(/^dist\/(.*)\.js$/, '$1.ts'));
    expect(sources.filter((source) => !existsSync(join(projectRoot(), source)))).toEqual([]);
    expect(scripts.length).toBeGreaterThan(10);
  });

  it('waits only for services that say whether they are well', () => {
    const awaited = Object.values(services).flatMap(({ depends_on = {} }) => Object.keys(depends_on));
    expect(awaited.filter((name) => services[name]?.healthcheck === undefined)).toEqual([]);
    const silent = ours.filter(([, { healthcheck }]) => healthcheck === undefined).map(([name]) => name);
    expect(silent).toEqual(['bootlab']);
  });

  it('is reached from this machine only', () => {
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('gives compute hosts no way to the database', () => {
    expect(JSON.stringify(services['compute-manager'])).not.toMatch(/mysql|DATABASE/i);
  });

  it('mounts what there is', () => {
    const mounted = Object.values(services).flatMap((service) => service.volumes ?? []);
    const sources = mounted.map((volume) => volume.split(':')[0] ?? '');
    const unknown = sources.filter((source) =>
      source.startsWith('./') ? !existsSync(join(deployFolder, source)) : !(source in volumes),
    );
    expect(unknown).toEqual([]);
  });
});

describe('deploy/Dockerfile', () => {
  const text = readFileSync(join(deployFolder, 'Dockerfile'), 'utf8');

  it('copies what there is', () => {
    const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources = '']) => sources.split(' '));
    expect(copied.filter((source) => !existsSync(join(projectRoot(), source)))).toEqual([]);
    expect(copied).toContain('package-lock.json');
  });

  it('ends as a user without rights', () => {
    expect([...text.matchAll(/^USER (\S+)$/gm)].at(-1)?.[1]).toBe('node');
  });
});
