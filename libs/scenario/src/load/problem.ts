/** One mistake in a file. Line and column count from 1. */
export interface Problem {
  file: string;
  line: number;
  col: number;
  /** What is wrong, and what to do next. */
  message: string;
}

/** `scenarios/x.yaml:31:5: title is missing …` */
export function formatProblem({ file, line, col, message }: Problem): string {
  return `${file}:${line}:${col}: ${message}`;
}

/** Where a value stands in the file: keys and indexes from its top. */
export type Path = readonly PropertyKey[];

/** Says that something is wrong at a place of the file. */
export type Tell = (path: Path, message: string) => void;
