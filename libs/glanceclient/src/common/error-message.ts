const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#39': "'" };

/** The words of an error body: the `message` of JSON, the text of HTML with `: ` between its lines, plain text as it is. */
export function messageOf(contentType: string, body: string): string {
  if (contentType.includes('json')) return messageOfJson(body) ?? body.trim();
  if (contentType.includes('html')) return messageOfHtml(body);
  return body.trim().replaceAll(/\n{2,}/g, '\n');
}

function messageOfJson(body: string): string | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return undefined;
  }
  const messages = [parsed, ...(Object.values(parsed ?? {}) as unknown[])].flatMap((part) => {
    const { message } = (part ?? {}) as { message?: unknown };
    return typeof message === 'string' ? message : [];
  });
  return messages.length > 0 ? messages.join('\n') : undefined;
}

function messageOfHtml(body: string): string {
  const lines = body.split('\n').map((line) => line.replaceAll(/<[^>]+>/g, '').trim());
  const distinct = [...new Set(lines.filter((line) => line !== ''))];
  return distinct.join(': ').replaceAll(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}
