import type { ByteSource } from "../byte-source.ts";

export type Container = { kind: "zip" } | { kind: "json" } | { kind: "none"; reason: string };

/** Which container a file is, from its first bytes; its name is not asked. */
export async function detectContainer(source: ByteSource): Promise<Container> {
  if (source.size === 0) return { kind: "none", reason: "The file is empty." };
  const bytes = await source.read(0, 512);
  const text = Buffer.from(bytes).toString("latin1");
  if (text.startsWith("PK\u0003\u0004")) return { kind: "zip" };
  if (text.startsWith("PK\u0005\u0006")) return { kind: "none", reason: "The archive is empty." };
  if (text.startsWith("version https://git-lfs")) {
    return { kind: "none", reason: "The file is a Git LFS pointer; the log itself was not fetched." };
  }
  if (/^(?:\u00ef\u00bb\u00bf)?\s*\{/.test(text)) return { kind: "json" };
  return { kind: "none", reason: "The file is neither an Inspect archive nor a JSON log." };
}
