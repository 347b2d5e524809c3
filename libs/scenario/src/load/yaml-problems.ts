import { Document, isAlias, isMap, isNode, isScalar, Pair, visit, YAMLError } from 'yaml';

/** A mistake at an offset in the text. */
export interface Slip {
  offset: number;
  message: string;
}

const sentences: Partial<Record<YAMLError['code'], string>> = {
  DUPLICATE_KEY: 'This key stands here a second time: keep one of the two.',
  TAB_AS_INDENT: 'A tab indents this line: use spaces.',
  TAG_RESOLVE_FAILED: 'A scenario has no tags such as !this: write the plain value.',
  MULTILINE_IMPLICIT_KEY: 'A key must stand on one line: is the indentation right, and is no quote missing?',
  BAD_INDENT: 'The indentation does not fit, or a bracket is not closed: align it with the lines around.',
  BLOCK_AS_IMPLICIT_KEY: 'A value cannot hold a key of its own on the same line: put text with ": " in it into quotes.',
  MISSING_CHAR: 'A character is missing here: close the quote or bracket, or put the ":" after the key.',
};

function said({ code, message }: YAMLError): string {
  return sentences[code] ?? `This is no YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}. Mend the line.`;
}

function references(document: Document): Slip[] {
  const slips: Slip[] = [];
  const tell = (offset: number | undefined, message: string) => slips.push({ offset: offset ?? 0, message });
  visit(document, {
    Node(_key, node, path) {
      const offset = node.range?.[0];
      if (isAlias(node)) {
        const inside = path.some((above) => isNode(above) && !isAlias(above) && above.anchor === node.source);
        if (inside)
          tell(offset, `*${node.source} stands inside &${node.source}, so it would never end: write the value out.`); // prettier-ignore
        else tell(offset, `A scenario has no aliases: write out what *${node.source} stands for.`);
      } else if (node.anchor !== undefined) {
        tell(offset, `A scenario has no anchors: take away &${node.anchor}.`);
      }
    },
    Pair(_key, { key }: Pair) {
      if (isScalar(key) && key.value === '<<') tell(key.range?.[0], 'A scenario has no merge keys: write out what << brings in.'); // prettier-ignore
      else if (!isScalar(key) && !isAlias(key)) tell(isNode(key) ? key.range?.[0] : 0, 'A key is one word here, not a list or a map.'); // prettier-ignore
    },
  });
  return slips;
}

/** What of the YAML itself is wrong or not used in scenarios. `fatal` when the values cannot be read on. */
export function yamlSlips(documents: Document[]): { slips: Slip[]; fatal: boolean } {
  const [document, second] = documents;
  if (!document || document.contents === null) {
    return { slips: [{ offset: 0, message: 'The file is empty: `bootlab scenario new NAME` writes one to start from.' }], fatal: true }; // prettier-ignore
  }
  const errors = documents.flatMap((each) => [...each.errors, ...each.warnings]);
  const slips = errors.map((error) => ({ offset: error.pos[0], message: said(error) }));
  const refused = documents.flatMap(references);
  if (second) {
    slips.push({
      offset: second.range?.[0] ?? 0,
      message: 'A second document starts here: one file holds one scenario.',
    });
  }
  if (!isMap(document.contents)) {
    slips.push({ offset: document.contents.range?.[0] ?? 0, message: 'A scenario is a map: write `name: …` first.' });
  }
  const readable = errors.every(({ code }) => code === 'DUPLICATE_KEY');
  return { slips: [...slips, ...refused], fatal: !readable || refused.length > 0 || !isMap(document.contents) };
}
