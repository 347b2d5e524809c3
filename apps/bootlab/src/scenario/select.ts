import { LoadedFile, loadScenario } from '@bootlab/scenario';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { exitCodes } from '../cli/exit-codes';
import { Failure } from '../cli/failure';
import { didYouMean } from '../cli/nearest';
import { scenariosFolder } from './folder';

/** A file that was chosen, as it was loaded. */
export interface SelectedFile extends LoadedFile {
  file: string;
}

const YAML = /\.ya?ml$/;

export function scenarioName(file: string): string {
  return basename(file).replace(YAML, '');
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => YAML.test(name)).map((name) => join(folder, name));
  return files.sort();
}

/** The scenarios of the lab, each loaded once at most. */
class Library {
  readonly files = filesIn(scenariosFolder());
  readonly #loaded = new Map<string, LoadedFile>();

  load(file: string): SelectedFile {
    const loaded = this.#loaded.get(file) ?? loadScenario(file);
    this.#loaded.set(file, loaded);
    return { file, ...loaded };
  }

  tags(file: string): string[] {
    return this.load(file).cases[0]?.scenario.tags ?? [];
  }

  /** The files that a word stands for: a name or a tag. */
  called(word: string): string[] {
    const named = this.files.filter((file) => scenarioName(file) === word);
    return named.length > 0 ? named : this.files.filter((file) => this.tags(file).includes(word));
  }

  words(): string[] {
    return [...new Set(this.files.flatMap((file) => [scenarioName(file), ...this.tags(file)]))];
  }
}

function inFolder(folder: string): string[] {
  const files = filesIn(folder);
  if (files.length === 0)
    throw new Failure(`No scenario lies in ${folder}: name a folder with *.yaml files.`, exitCodes.usage);
  return files;
}

function chosen(arg: string, library: Library): string[] {
  const isPath = arg.includes('/') || arg.includes(sep) || YAML.test(arg);
  const called = isPath ? [] : library.called(arg);
  if (called.length > 0) return called;
  if (existsSync(arg)) return statSync(arg).isDirectory() ? inFolder(arg) : [arg];
  const what = isPath ? `${arg} is not there.` : `No scenario, tag, file or folder is called ${arg}.`;
  const near = didYouMean(arg, library.words());
  throw new Failure(`${what}${near === '' ? ' `bootlab scenario list` shows what there is.' : near}`, exitCodes.usage);
}

/**
 * The scenarios that names, tags, files and folders stand for, each once; all of the lab's when there are none. A file with
 * mistakes is among them, with its problems.
 * @throws Failure for a word that stands for nothing
 */
export function selectScenarios(args: readonly string[]): SelectedFile[] {
  const library = new Library();
  const files = args.length === 0 ? library.files : args.flatMap((arg) => chosen(arg, library));
  if (files.length === 0) throw new Failure(`No scenario lies in ${scenariosFolder()}: \`bootlab scenario new NAME\` writes one.`, exitCodes.usage); // prettier-ignore
  return [...new Set(files)].map((file) => library.load(file));
}
