/** How deep in the story a hop stands: `story` for newcomers, `path` the whole call path, `detail` small helpers too. */
const levels = ['story', 'path', 'detail'] as const;
export type Level = (typeof levels)[number];

/** 0 for `story`, 1 for `path`, 2 for `detail`. */
export function levelRank(level: Level): number {
  return levels.indexOf(level);
}

export interface Raise {
  /** One name, or `any`; of another repository with its short name before it: `glance_store.NotFound`. */
  exception: string;
  when?: string;
  http?: number;
  outcome?: string;
}

/** What is known of one function of Queens. */
export interface CatalogueEntry {
  /** Dotted name at Queens: the hop's id. */
  id: string;
  repo: string;
  file: string;
  /** First and last line at the tag, counted from 1. */
  lines: [number, number];
  role: string;
  kind: string;
  /** A tag or branch other than queens-eol that the lines belong to. */
  ref?: string;
  /** Set when the lab plays the function, or says why it does not. */
  level?: Level;
  /** The lab plays it without a pause: no promise, so that what holds it up holds up its whole process. */
  sync?: boolean;
  /** It gives bytes, chunk by chunk. */
  stream?: boolean;
  /** Services whose traces show it. */
  services?: string[];
  /** The flow it belongs to; absent for helpers beside the flows. */
  flow?: string;
  raises?: Raise[];
  /** Functions it calls, in call order. */
  calls?: string[];
  /** How a call runs when it is no plain one: rpc, decorator, http, … */
  via?: Record<string, string>;
  /** Callees that take over the rest of its work, in this process. */
  next?: string[];
  /** The function in another process or green thread that takes over. */
  remoteNext?: string;
}
