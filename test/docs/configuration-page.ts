import {
  envPrefix,
  glanceApiConf,
  glanceRegistryConf,
  labConf,
  novaConf,
  Option,
  OptionGroup,
} from '@bootlab/openstack';

const files: { file: string; groups: Record<string, OptionGroup> }[] = [
  novaConf,
  glanceApiConf,
  glanceRegistryConf,
  labConf,
];

function shown(value: unknown): string {
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return 'unset';
  return `\`${Array.isArray(value) ? value.join(',') : `${value as string | number | boolean}`}\``;
}

function row(name: string, { default: value, form, help }: Option<unknown>): string {
  return `| \`${name}\` | ${shown(value)} | ${form.replaceAll('|', '\\|')} | ${help} |`;
}

/** The tables of docs/configuration.md: every option of every file. */
export function configurationTables(): string {
  return files
    .flatMap(({ file, groups }) => [
      `## ${file}`,
      `Environment: \`${envPrefix(file)}<SECTION>__<OPTION>\`.`,
      ...Object.entries(groups).map(
        ([section, group]) =>
          `### [${section}]\n\n| Option | Default | Takes | What it is for |\n| --- | --- | --- | --- |\n${Object.entries(
            group,
          )
            .map(([name, option]) => row(name, option))
            .join('\n')}`,
      ),
    ])
    .join('\n\n');
}
