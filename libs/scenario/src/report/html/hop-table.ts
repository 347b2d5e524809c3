import { hopName } from '@bootlab/hop';
import { buildTree, formatDuration, hopId, Span, TreeNode, walk } from '@bootlab/trace-model';
import { Html, html } from '@bootlab/html';
import { link } from './link';

const text = (value: unknown) => (typeof value === 'string' ? value : '');

function source({ attributes }: Span): Html {
  const [file, line] = [text(attributes['code.file.path']), attributes['code.line.number']];
  return link(attributes['code.url'], typeof line === 'number' ? `${file}:${line}` : file);
}

function rowOf({ span }: TreeNode, id: string): Html {
  const { attributes, service, durationNano } = span;
  const [next, error] = [text(attributes['chain.next']), text(attributes['error.type'])];
  const simulated = text(attributes['hop.simulated']);
  const failed = attributes['chain.decision'] === 'failed';
  return html`<tr class="${failed ? 'error' : ''}">
    <td class="name" title="${id}">
      ${hopName(id)}${simulated === '' ? undefined : html` <span class="soft" title="${simulated}">(simulated)</span>`}
    </td>
    <td>${service}</td>
    <td>${text(attributes['chain.decision'])}${error === '' ? '' : `: ${error}`}</td>
    <td class="name" title="${next}">${next === '' ? '' : hopName(next)}</td>
    <td class="number">${formatDuration(durationNano)}</td>
    <td class="name">${source(span)}</td>
  </tr> `;
}

/** Each hop's decision: handled here, passed on and to whom, or failed; with the lines of the original. */
export function hopTable(spans: readonly Span[]): Html {
  const rows = [...walk(buildTree(spans))].flatMap(({ node }) => {
    const id = hopId(node.span.attributes);
    return id === undefined ? [] : [rowOf(node, id)];
  });
  return html`<details>
    <summary>Every hop's decision (${rows.length})</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="Hops">
      <table>
        <thead>
          <tr>
            <th scope="col">Hop</th>
            <th scope="col">Service</th>
            <th scope="col">Decision</th>
            <th scope="col">Next</th>
            <th scope="col" class="number">Took</th>
            <th scope="col">At Queens</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </details>`;
}
