/** Asks glance-api to make an image; its bytes are the body, or lie where `headers` say. */
export function postImage(glanceUrl: string, headers: Record<string, string>, body?: Buffer): Promise<Response> {
  return fetch(`${glanceUrl}/v1/images`, {
    method: 'POST',
    headers: {
      'x-image-meta-name': 'image',
      'x-image-meta-disk_format': 'raw',
      'x-image-meta-container_format': 'bare',
      ...(body ? { 'content-type': 'application/octet-stream' } : {}),
      ...headers,
    },
    body: body ? new Uint8Array(body) : undefined,
  });
}

/** The id of the image that was made. Fails when it was not. */
export async function imageIdOf(answer: Response): Promise<string> {
  if (answer.status !== 201) throw new Error(`glance-api answered ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { image: { id: string } }).image.id;
}
