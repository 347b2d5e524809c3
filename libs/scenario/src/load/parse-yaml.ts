import { Composer, CST, Document, Lexer, LineCounter, Parser } from 'yaml';

/** Deepest nesting that is read; a scenario needs about ten. What goes deeper would exhaust the stack of whoever walks it. */
const DEEPEST = 50;

/** Raised where a file is nested too deep. */
export class TooDeep extends Error {
  constructor(readonly offset: number) {
    super(`This is nested deeper than ${DEEPEST} levels: a scenario needs about ten, so close what is open above.`);
  }
}

function* tokens(text: string, lines: LineCounter): Generator<CST.Token> {
  const parser = new Parser(lines.addNewLine);
  // As Parser.parse does for the start of the text.
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > DEEPEST) throw new TooDeep(parser.offset);
  }
  yield* parser.end();
}

/**
 * The YAML documents of a text, with their errors and warnings.
 * @throws TooDeep
 */
export function parseYaml(text: string): { documents: Document[]; lines: LineCounter } {
  const lines = new LineCounter();
  const composer = new Composer({ lineCounter: lines, prettyErrors: false });
  return { documents: [...composer.compose(tokens(text, lines))], lines };
}
