import { formatDuration } from '../duration';
import type { Level } from '../levels';
import { Sequence, SequenceMessage, SequenceNote, sequenceOf } from '../sequence';
import type { Span } from '../span';

const ARROWS: Record<SequenceMessage['kind'], string> = { http: '->>', 'rpc-call': '->>', cast: '-)', reply: '-->>' };

/** `;` and `#` mean something to Mermaid, and a line ends a statement; `#…;` writes a sign by its number. */
function escaped(text: string): string {
  return text.replaceAll(/[#;<>]/g, (sign) => `#${sign.charCodeAt(0)};`).replaceAll(/\s*\r?\n\s*/g, ' ');
}

function messageLine({ from, to, kind, label, lost, failed, durationNano }: SequenceMessage, id: Map<string, string>) {
  const arrow = lost ? '-x' : ARROWS[kind];
  const took = kind === 'reply' || lost ? '' : ` (${formatDuration(durationNano)})`;
  const state = lost ? ', never taken' : failed && kind === 'reply' ? ', failed' : '';
  return `  ${id.get(from)}${arrow}${id.get(to)}: ${escaped(`${label}${took}${state}`)}`;
}

function noteLine({ over, text }: SequenceNote, id: Map<string, string>): string {
  return `  Note over ${id.get(over)}: ${escaped(text)}`;
}

/** Messages and notes in the order of time; of two at the same moment the message comes first. */
function lines({ messages, notes }: Sequence, id: Map<string, string>): string[] {
  return [
    ...messages.map((message) => ({ at: message.startNano, line: messageLine(message, id) })),
    ...notes.map((note) => ({ at: note.startNano, line: noteLine(note, id) })),
  ]
    .sort((a, b) => a.at - b.at)
    .map(({ line }) => line);
}

/** A trace as Mermaid's `sequenceDiagram`: who asked whom, in the order of time. */
export function toMermaid(spans: readonly Span[], level: Level = 'path'): string {
  const sequence = sequenceOf(spans, level);
  const id = new Map(sequence.lifelines.map((service, index) => [service, `p${index + 1}`]));
  const participants = [...id].map(([service, name]) => `  participant ${name} as ${escaped(service)}`);
  return ['sequenceDiagram', ...participants, ...lines(sequence, id), ''].join('\n');
}
