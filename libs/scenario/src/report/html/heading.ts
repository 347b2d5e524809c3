import { Html, html } from '@bootlab/html';

export type HeadingLevel = 1 | 2 | 3 | 4;

export function heading(level: HeadingLevel, text: string): Html {
  return html`<h${level}>${text}</h${level}>`;
}
