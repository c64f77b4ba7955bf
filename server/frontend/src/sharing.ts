/** Links to a query: in the address where it is short, else packed into the fragment. */

const LONGEST = 1800;

/** Returns the address of what the form asks. */
export async function linkTo(form: HTMLFormElement): Promise<string> {
  const fields = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
  for (const [name, value] of [...fields]) if (!value) fields.delete(name);
  const plain = new URL(form.action, location.href);
  plain.search = fields.toString();
  if (plain.href.length <= LONGEST) return plain.href;
  const packed = new URL(form.action, location.href);
  packed.hash = `q=${await pack(fields.get("query") ?? "")}`;
  return packed.href;
}

/** Returns the query that the address of this page has packed, if it has. */
export async function readShared(): Promise<string | null> {
  const packed = /^#q=([\w-]+)$/.exec(location.hash)?.[1];
  return packed ? unpack(packed) : null;
}

export async function pack(text: string): Promise<string> {
  const bytes = await through(new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw")));
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export async function unpack(packed: string): Promise<string> {
  const binary = atob(packed.replace(/-/g, "+").replace(/_/g, "/"));
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new TextDecoder().decode(await through(stream));
}

async function through(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream as BodyInit).arrayBuffer());
}
