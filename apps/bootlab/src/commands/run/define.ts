import { Command, InvalidArgumentError, Option } from 'commander';
import { lazily, leaf } from '../../cli/leaf';
import { natural, positive } from '../../cli/parsers';
import type { ReportFile } from './report-files';

const LEVELS = ['story', 'path', 'detail'];
const FORMS = ['junit', 'json', 'html'] as const;

/** Collects `--report html=FILE` given several times. */
function reportFile(text: string, before: ReportFile[] = []): ReportFile[] {
  const [, named, file] = /^(\w+)=(.+)$/s.exec(text) ?? [];
  const form = FORMS.find((known) => known === named);
  if (form === undefined || file === undefined)
    throw new InvalidArgumentError('Write it as junit=FILE, json=FILE or html=FILE.');
  return [...before, { form, file }];
}

const EPILOG = `
Each line ends with a link that opens the scenario's trace: in the lab that is up, which keeps the traces of the run,
or else in the HTML report. Without a lab that report is written by itself, as run.html in BOOTLAB_HOME.

Exit codes of \`run\`:
  0  everything holds
  1  an assertion does not hold
  2  a file is wrong, or wrong use
  3  the lab could not run`;

/** `run`. */
export function defineRun(program: Command): void {
  leaf(program, 'run', 'run scenarios: break a boot on purpose and check what its trace must show', [
    ['bootlab run scenarios/first-boot.yaml', 'one scenario, in a lab of its own'],
    ['bootlab run scenarios --report html=report.html', 'all of a folder, with a page that tells the story'],
    ['bootlab run error --repeat 5 --seed 7', 'those with the tag error, five times, with the same dice'],
    ['bootlab run scenarios/first-boot.yaml --lab http://127.0.0.1:8080', 'in the lab that runs there'],
  ])
    .argument('[what...]', 'names, tags, files or folders; every scenario of the lab when left out')
    .option('--jobs <number>', 'scenarios that run at the same time', positive, 2)
    .option('--keep', 'leave the folders of the labs, and say where they are')
    .addOption(
      new Option('--level <level>', 'depth of the traces; as each scenario says when left out').choices(LEVELS),
    )
    .option('--repeat <number>', 'run each so often, and compare the shapes of its traces', positive, 1)
    .option('--seed <number>', 'for the dice of faults; any when left out, and printed', natural)
    .option('--report <form=file>', 'write a report: junit, json or html; may be given several times', reportFile)
    .option('--update-traces', 'make the traces of scenarios that hold otherwise the references of `shape`')
    .option('--lab <url>', 'use a running lab: URL of its trace store, or its home')
    .addHelpText('after', EPILOG)
    .action(lazily(async () => (await import('./run')).run));
}
