const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Markup that is safe as it is: only {@link html} and {@link trusted} make it. */
export class Html {
  constructor(readonly markup: string) {}
}

type Value = Html | string | number | undefined | readonly Value[];

function markupOf(value: Value): string {
  if (value instanceof Html) return value.markup;
  if (value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number') {
    return String(value).replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!);
  }
  return value.map(markupOf).join('');
}

/** A template whose values are escaped, unless they are markup themselves; lists are joined. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(String.raw({ raw: strings }, ...values.map(markupOf)));
}

/** Markup from a source that escapes by itself. */
export function trusted(markup: string): Html {
  return new Html(markup);
}
