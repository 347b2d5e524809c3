/** What the command's exit code says. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  notRunning: 3,
  notFound: 4,
  timedOut: 5,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const meanings: Record<keyof typeof exitCodes, string> = {
  ok: 'done',
  failed: 'the boot ended in ERROR, two traces differ, or the command could not do its work',
  usage: 'wrong use: an unknown option, a bad value, a name that means several things',
  notRunning: 'the lab, or one of its services, is not running',
  notFound: 'no such image, flavor, server, trace or hop',
  timedOut: 'not finished within --timeout',
};

/** For `--help`: one line for each code. */
export function exitCodeHelp(): string {
  const lines = Object.entries(exitCodes).map(
    ([name, code]) => `  ${code}  ${meanings[name as keyof typeof exitCodes]}`,
  );
  return ['Exit codes:', ...lines].join('\n');
}
