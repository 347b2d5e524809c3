import { Document, isMap, isNode, isScalar, isSeq, LineCounter, Node, Pair, YAMLMap } from 'yaml';
import type { Path } from './problem';

interface Found {
  key?: Node;
  value: Node | undefined;
}

function pairOf(map: YAMLMap, key: PropertyKey): Pair | undefined {
  return map.items.find(
    (pair) => isScalar(pair.key) && String((pair.key.value as string | number | boolean | null) ?? '') === String(key),
  );
}

function child(parent: Node | undefined, key: PropertyKey): Found | undefined {
  if (isMap(parent)) {
    const pair = pairOf(parent, key);
    return pair && { key: pair.key as Node, value: isNode(pair.value) ? pair.value : undefined };
  }
  if (!isSeq(parent)) return undefined;
  const item = parent.items[Number(key)];
  return isNode(item) ? { value: item } : undefined;
}

/** A value that was left out, as in `then:`, has no place of its own. */
function isWritten(node: Node | undefined): node is Node {
  return (
    node?.range !== undefined &&
    node.range !== null &&
    !(isScalar(node) && node.value === null && node.range[0] === node.range[1])
  );
}

/** Finds places in a parsed YAML file. */
export class Places {
  constructor(
    private readonly document: Document,
    private readonly lines: LineCounter,
  ) {}

  /** Line and column, from 1, of the value at `path`; of the nearest thing above it when there is none. */
  of(path: Path): { line: number; col: number } {
    return this.at(this.offset(path, false));
  }

  /** As {@link of}, for the key that the path ends with. */
  ofKey(path: Path): { line: number; col: number } {
    return this.at(this.offset(path, true));
  }

  at(offset: number): { line: number; col: number } {
    const { line, col } = this.lines.linePos(offset);
    return { line: Math.max(line, 1), col: Math.max(col, 1) };
  }

  private offset(path: Path, ofKey: boolean): number {
    let node = this.document.contents ?? undefined;
    let offset = node?.range?.[0] ?? 0;
    for (const [index, key] of path.entries()) {
      const found = child(node, key);
      if (!found) return offset;
      const { key: name, value } = found;
      const preferKey = ofKey && index === path.length - 1;
      const shown = isWritten(value) && !(preferKey && name) ? value : (name ?? value);
      offset = shown?.range?.[0] ?? offset;
      node = value;
    }
    return offset;
  }
}
