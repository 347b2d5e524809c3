import MarkdownIt from 'markdown-it';
import { Html, trusted } from '@bootlab/html';

/** Without HTML and without pictures, which would load something. */
const markdown = new MarkdownIt({ html: false, linkify: false }).disable('image');

export function renderMarkdown(text: string): Html {
  return trusted(markdown.render(text));
}
