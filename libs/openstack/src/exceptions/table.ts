/** What an exception's message is filled with; also travels over RPC. */
export type Kwargs = Record<string, string | number | boolean | null | undefined>;

/** One row of an exception table: HTTP code, message with `{name}` places, and the exception it is a kind of. */
export interface ExceptionRow {
  code: number;
  message: string;
  parent?: string;
}

/** Base of every named exception of the original. `code` is the HTTP status it stands for where nothing maps it otherwise. */
export class OpenStackException extends Error {
  readonly code: number = 500;
  /** The module of the original that defines it, e.g. `nova.exception`. */
  readonly module: string = 'builtins';
  readonly kwargs: Kwargs;

  constructor({ message, ...kwargs }: Kwargs & { message?: string } = {}, options?: ErrorOptions) {
    super(message, options);
    this.kwargs = kwargs;
  }
}

export type ExceptionClass = new (kwargs?: Kwargs & { message?: string }, options?: ErrorOptions) => OpenStackException;

const byName = new Map<string, ExceptionClass>();
const templates = new Map<string, string>();
const PLACE = /\{(\w+)\}/g;

function fill(template: string, kwargs: Kwargs): string {
  return template.replaceAll(PLACE, (_, name: string) => String(kwargs[name] ?? 'unknown'));
}

function named(name: string, module: string, row: ExceptionRow, Parent: ExceptionClass): ExceptionClass {
  const Named = class extends Parent {
    override readonly code = row.code;
    override readonly module = module;

    constructor(kwargs: Kwargs & { message?: string } = {}, options?: ErrorOptions) {
      super({ ...kwargs, message: kwargs.message ?? fill(row.message, kwargs) }, options);
      this.name = name;
    }
  };
  Object.defineProperty(Named, 'name', { value: name });
  return Named;
}

/** A class for each row, a subclass of its parent's class. `kwargs.message` replaces the row's message. */
export function exceptionTable<const T extends Record<string, ExceptionRow>>(
  module: string,
  rows: T,
): { readonly [K in keyof T]: ExceptionClass } {
  const classes: Record<string, ExceptionClass> = {};
  for (const [name, row] of Object.entries<ExceptionRow>(rows)) {
    const Parent = row.parent === undefined ? OpenStackException : classes[row.parent];
    if (Parent === undefined)
      throw new Error(`${name} stands before its parent ${row.parent} in the table of ${module}.`);
    classes[name] = named(name, module, row, Parent);
    byName.set(`${module}.${name}`, classes[name]);
    templates.set(`${module}.${name}`, row.message);
  }
  return classes as { readonly [K in keyof T]: ExceptionClass };
}

/** The class of `module` and `name`, or undefined when no table has it. */
export function exceptionNamed(module: string, name: string): ExceptionClass | undefined {
  return byName.get(`${module}.${name}`);
}

/** What the message of that exception is filled with, by name. */
export function messagePlaces(module: string, name: string): string[] {
  const template = templates.get(`${module}.${name}`) ?? '';
  return [...template.matchAll(PLACE)].map(([, place]) => place!);
}
