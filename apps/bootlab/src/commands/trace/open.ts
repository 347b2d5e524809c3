import { hopId, Span } from '@bootlab/trace-model';
import { spawn } from 'node:child_process';
import { exitCodes, ExitCode } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { didYouMean } from '../../cli/nearest';
import { note, print } from '../../cli/output';
import { compareLink, openLink } from '../../cloud/deep-link';
import { Traces } from '../../cloud/traces';
import { onPath } from '../../jaeger/find';

export interface OpenOptions {
  /** A hop's id, the end of one, a span's name, or a span id. */
  span?: string;
  /** Another trace, to lay beside it. */
  compare?: string;
  /** Prints only. */
  print?: boolean;
}

/** Prints where a browser shows a trace and, on a desktop, opens it there. */
export async function openTrace(traceId: string, options: OpenOptions): Promise<ExitCode> {
  const { span, compare } = options;
  if (span !== undefined && compare !== undefined) {
    throw new Failure('--span and --compare exclude each other: the comparison shows no single span.', exitCodes.usage);
  }
  const link =
    compare !== undefined
      ? await compareLink(traceId, compare)
      : await openLink(traceId, { spanId: span === undefined ? undefined : await spanIdOf(traceId, span) });
  print(link);
  const opener = options.print ? undefined : desktopOpener();
  if (opener !== undefined) start(opener, link);
  return exitCodes.ok;
}

/** The first span in time that a name stands for. */
async function spanIdOf(traceId: string, name: string): Promise<string> {
  const spans = await new Traces().spans(traceId);
  const names = (span: Span) => [span.spanId, span.name, hopId(span.attributes) ?? ''];
  const found =
    spans.find((span) => names(span).includes(name)) ??
    spans.find((span) => hopId(span.attributes)?.endsWith(`.${name}`) ?? false);
  if (found !== undefined) return found.spanId;
  const known = [...new Set(spans.flatMap((span) => names(span).slice(1)))].filter((text) => text !== '');
  throw new Failure(`Trace ${traceId} has no span ${name}.${didYouMean(name, known)}`, exitCodes.notFound);
}

/** Undefined where nobody sits before a screen: no terminal, no display, no program that opens links. */
function desktopOpener(): string[] | undefined {
  if (!process.stdout.isTTY) return undefined;
  if (process.platform === 'darwin') return ['open'];
  if (process.platform === 'win32') return ['cmd', '/c', 'start', ''];
  const display = process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  return display && onPath('xdg-open') !== undefined ? ['xdg-open'] : undefined;
}

function start([program = '', ...args]: string[], link: string): void {
  const child = spawn(program, [...args, link], { stdio: 'ignore', detached: true });
  child.on('error', (error) => note(`The browser cannot be started (${error.message}): open the address yourself.`));
  child.unref();
}
