import { Sequence, SequenceMessage, SequenceNote, sequenceOf, Span } from '@bootlab/trace-model';
import { Html, html } from '@bootlab/html';

const COLUMN = 190;
const ROW = 34;
const HEAD = 40;
const NOTE_WIDTH = 184;
const NOTE_HEIGHT = 30;
/** What fits into one column. */
const CHARACTERS = 30;
const MOST_ROWS = 300;

const short = (text: string) => (text.length <= CHARACTERS ? text : `${text.slice(0, CHARACTERS - 1)}…`);
const FAILED = ', failed with ';
/** Rows of one drawing, so that it fits on a printed page; the next one has the services' names again. */
const ROWS_OF_PAGE = 36;
const centre = (index: number) => COLUMN * index + COLUMN / 2;

function arrow(message: SequenceMessage, lifelines: readonly string[], y: number): Html {
  const [from, to] = [centre(lifelines.indexOf(message.from)), centre(lifelines.indexOf(message.to))];
  const classes = `${message.kind} ${message.failed || message.lost ? 'bad' : ''}`;
  const told = `${message.from} to ${message.to}: ${message.label}${message.lost ? ', never taken' : ''}`;
  const way = Math.sign(to - from);
  const end = message.lost ? (from + to) / 2 : to;
  const tip = message.lost
    ? html`<text x="${end}" y="${y + 4}" text-anchor="middle">✗</text>`
    : html`<path class="tip" d="M${end} ${y} l${-9 * way} -4 v8 z" />`;
  const line =
    way === 0
      ? html`<path class="arrow" d="M${from} ${y - 8} h24 v8 h-24" /><path class="tip" d="M${from} ${y} l9 -4 v8 z" />`
      : html`<path class="arrow" d="M${from} ${y} H${end}" />${tip}`;
  const labelAt = way === 0 ? from + 70 : from + (COLUMN / 2) * way;
  return html`<g class="${classes}"
    ><title>${told}</title>${line}<text x="${labelAt}" y="${y - 6}" text-anchor="middle"
      >${short(message.label)}</text
    ></g
  > `;
}

function noteBox(note: SequenceNote, lifelines: readonly string[], y: number): Html {
  const x = centre(lifelines.indexOf(note.over));
  const [what = '', why] = note.text.split(FAILED);
  const words =
    why === undefined
      ? html`<text x="${x}" y="${y - 2}" text-anchor="middle">${short(what)}</text>`
      : html`<text x="${x}" y="${y - 9}" text-anchor="middle" font-size="10">${short(what)}</text
          ><text x="${x}" y="${y + 4}" text-anchor="middle" font-size="10">✗ ${short(why)}</text>`;
  return html`<g class="${note.failed ? 'bad' : ''}"
    ><title>${note.over}: ${note.text}</title
    ><rect
      class="box"
      x="${x - NOTE_WIDTH / 2}"
      y="${y - 21}"
      width="${NOTE_WIDTH}"
      height="${NOTE_HEIGHT}"
      rx="4"
    />${words}</g
  > `;
}

function lifeline(service: string, index: number, height: number): Html {
  const x = centre(index);
  return html`<path class="life" d="M${x} ${HEAD} V${height}" /><text
      x="${x}"
      y="24"
      text-anchor="middle"
      font-weight="600"
      >${service}</text
    > `;
}

function rowsOf({ messages, notes }: Sequence): (SequenceMessage | SequenceNote)[] {
  return [...messages, ...notes].sort((a, b) => a.startNano - b.startNano);
}

function drawing(rows: readonly (SequenceMessage | SequenceNote)[], lifelines: readonly string[]): Html {
  const [width, height] = [lifelines.length * COLUMN, HEAD + (rows.length + 1) * ROW];
  const messages = rows.filter((row) => 'from' in row).length;
  const drawn = rows.map((row, index) => {
    const y = HEAD + (index + 1) * ROW;
    return 'over' in row ? noteBox(row, lifelines, y) : arrow(row, lifelines, y);
  });
  return html`<svg
    role="img"
    aria-label="Sequence diagram: ${messages} messages among ${lifelines.join(', ')}"
    width="${width}"
    height="${height}"
    viewBox="0 0 ${width} ${height}"
    xmlns="http://www.w3.org/2000/svg"
  >
    ${lifelines.map((service, index) => lifeline(service, index, height))}${drawn}
  </svg>`;
}

/** Who handed over to whom, from the top to the bottom; distances are no times. */
export function sequenceDiagram(spans: readonly Span[]): Html {
  const sequence = sequenceOf(spans, 'story');
  const all = rowsOf(sequence);
  if (all.length === 0) return html`<p>No service handed anything over.</p>`;
  const rows = all.slice(0, MOST_ROWS);
  const pages = Array.from({ length: Math.ceil(rows.length / ROWS_OF_PAGE) }, (_, page) =>
    rows.slice(page * ROWS_OF_PAGE, (page + 1) * ROWS_OF_PAGE),
  );
  const more = all.length - rows.length;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Sequence diagram">
      ${pages.map((page) => drawing(page, sequence.lifelines))}
    </div>
    ${more > 0 ? html`<p class="soft">The first ${MOST_ROWS} rows are drawn; ${more} more are in the waterfall.</p>` : undefined}`;
}
