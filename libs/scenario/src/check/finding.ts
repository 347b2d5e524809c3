import type { TreeNode } from '@bootlab/trace-model';
import type { Target } from './target';

/** What a check found. Everything but `text` and `ok` is told only when it does not hold. */
export interface Finding {
  /** The assertion in words. */
  text: string;
  ok: boolean;
  expected: string;
  found: string;
  /** What was looked for in vain: the spans that come nearest to it are told. */
  sought?: Target;
  /** Spans to show instead, e.g. one that should not be there. */
  spans?: readonly TreeNode[];
  /** The span around which the waterfall is shown; chosen by what was sought when left out. */
  around?: TreeNode;
}
