/** What an answer's body says went wrong: Nova's JSON fault, Glance's text or page, or the start of anything else. */
export function errorMessage(body: string): string {
  const said = fromJson(body) ?? fromPage(body);
  const line = said.replaceAll(/\s+/g, ' ').trim();
  return line.length > 500 ? `${line.slice(0, 500)}…` : line;
}

function fromJson(body: string): string | undefined {
  try {
    const fault = JSON.parse(body) as Record<string, unknown>;
    for (const value of [fault, ...Object.values(fault)]) {
      const message = (value as { message?: unknown } | null)?.message;
      if (typeof message === 'string') return message;
    }
  } catch {
    return undefined;
  }
  return undefined;
}

/** `<h1>404 Not Found</h1>No image…` → `No image…`. */
function fromPage(body: string): string {
  return body
    .replace(/<head>.*<\/head>/s, '')
    .replace(/<h1>.*?<\/h1>/s, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replace(/^\s*\d{3} [A-Z][A-Za-z ]*\r?\n/, '');
}
