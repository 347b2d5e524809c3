import MarkdownIt from 'markdown-it';
import { pc } from '../../cli/colors';

type Tokens = ReturnType<InstanceType<typeof MarkdownIt>['parse']>;

function inline(tokens: Tokens): string {
  let marks: ((text: string) => string)[] = [];
  let text = '';
  for (const { type, content } of tokens) {
    if (type === 'strong_open') marks = [...marks, pc.bold];
    else if (type === 'em_open') marks = [...marks, pc.italic];
    else if (type.endsWith('_close')) marks = marks.slice(0, -1);
    else if (type === 'code_inline') text += pc.cyan(content);
    else if (type === 'softbreak') text += ' ';
    else if (type === 'link_open') marks = [...marks, pc.underline];
    else text += marks.reduce((shown, mark) => mark(shown), content);
  }
  return text;
}

/** Markdown for a terminal: a paragraph or list item is one line each. */
export function renderMarkdown(markdown: string): string {
  const lines: string[] = [];
  let before = '';
  for (const { type, content, children } of new MarkdownIt().parse(markdown, {})) {
    if (type === 'list_item_open') before = '- ';
    else if (type === 'inline') {
      lines.push(before + inline(children ?? []));
      before = '';
    } else if (type === 'fence' || type === 'code_block') lines.push(content.replaceAll(/^/gm, '  ').trimEnd());
    else if (type === 'paragraph_close' || type === 'heading_close') lines.push('');
  }
  return lines
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trimEnd();
}
