import type { Scenario, Step } from '../schema/scenario';
import type { Path, Problem } from './problem';

/** A step with the name that assertions and later steps call it by. */
export type NamedStep = Omit<Step, 'as' | 'parallel'> & { as: string; parallel?: NamedStep[] };

/** A scenario ready to run: values of the matrix filled in, hops given by their full ids, every step named. */
export type LoadedScenario = Omit<Scenario, 'when'> & { when: NamedStep[] };

/** Values of the matrix, by name. */
export type CaseValues = Record<string, string | number | boolean>;

/** One run of a scenario: the whole of it, or one case of its matrix. */
export interface ScenarioCase {
  scenario: LoadedScenario;
  case?: CaseValues;
  /** Path as it was given. */
  file: string;
  /** `scenarios/x.yaml:31:5` for `['then', 0]`; of the nearest thing above when there is nothing there. */
  placeOf(path: Path): string;
}

/** What became of a file: its cases in order, or every mistake in it; one of the two is empty. */
export interface LoadedFile {
  cases: ScenarioCase[];
  problems: Problem[];
}
