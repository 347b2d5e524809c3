/** Prints a line that is the command's result. */
export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Prints the command's result as data. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, undefined, 2));
}

/** Tells what goes on, beside the result: it never mixes with data on standard output. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

const WIDTH_WITHOUT_TERMINAL = 120;

/** Columns of the terminal; where it has none to tell, `COLUMNS`, else 120. */
export function terminalWidth(): number {
  // A terminal that was never given a size says 0.
  if (process.stdout.columns > 0) return process.stdout.columns;
  const named = Number(process.env['COLUMNS']);
  return Number.isInteger(named) && named > 0 ? named : WIDTH_WITHOUT_TERMINAL;
}
