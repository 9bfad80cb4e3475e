import { pipeline } from "node:stream/promises";
import { extract, pack, type Header, type Pack } from "tar-stream";
import { joinBytes } from "./byte-reader.ts";
import { SealingError } from "./errors.ts";

/** Something to be put into a package. A member that is not in memory can be opened again and again, from its start. */
export type MemberSource =
  | { readonly path: string; readonly bytes: Uint8Array }
  | { readonly path: string; readonly size: number; readonly open: () => AsyncIterable<Uint8Array> };

export interface TarLimits {
  readonly members: number;
  readonly memberBytes: number;
  readonly totalBytes: number;
}

/** Longest path: what a tar header holds without extensions, so that every tar program reads the same name. */
const pathLimit = 100;
const segment = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;
/** Names that mean devices on Windows, with or without an ending. */
const deviceName = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;
/** Seconds that fit in 32 bits; the tar library knows no later ones. */
const latestSeconds = 2 ** 31 - 1;

export const memberSize = (member: MemberSource): number => ("bytes" in member ? member.bytes.length : member.size);

/** A member's content from its start. */
export function memberChunks(member: MemberSource): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  return "bytes" in member ? [member.bytes] : member.open();
}

const isSafePath = (path: string): boolean =>
  path.length <= pathLimit &&
  path.split("/").every((part) => segment.test(part) && !part.endsWith(".") && !deviceName.test(part));

/**
 * Refuses names that could leave the folder they are unpacked in, that mean something else on another system, or that
 * would be the same file there.
 * @throws SealingError `member-path-invalid`, `member-duplicate`
 */
export function checkMemberPaths(paths: readonly string[]): void {
  const seen = new Set<string>();
  for (const path of paths) {
    if (!isSafePath(path)) {
      const message = "A member's path is not a plain relative one of letters, digits, dot, dash and underscore.";
      throw new SealingError("member-path-invalid", message, { path: path.slice(0, pathLimit) });
    }
    const folded = path.toLowerCase();
    if (seen.has(folded)) throw new SealingError("member-duplicate", `Two members are called ${path}.`, { path });
    seen.add(folded);
  }
  for (const path of seen) {
    const parents = path.split("/").slice(0, -1);
    for (let depth = 1; depth <= parents.length; depth += 1) {
      if (seen.has(parents.slice(0, depth).join("/"))) {
        throw new SealingError("member-duplicate", `A member is both a file and a folder: ${path}.`, { path });
      }
    }
  }
}

type HeaderFields = Partial<Header> & Pick<Header, "name">;

async function writeMembers(archive: Pack, members: readonly MemberSource[], mtime: Date): Promise<void> {
  for (const member of members) {
    const size = memberSize(member);
    const header: HeaderFields = { name: member.path, size, mode: 0o644, uid: 0, gid: 0, mtime, type: "file" };
    await pipeline(memberChunks(member), archive.entry(header));
  }
  archive.finalize();
}

/**
 * A tar archive (ustar) that is the same bytes for the same members: sorted by the caller, one time for all, owner 0,
 * mode 0644, no extensions.
 * @throws SealingError `member-path-invalid`, `member-duplicate`, `member-changed` where a member's content is not as
 * long as it was said to be
 */
export async function* packTar(members: readonly MemberSource[], at: Date): AsyncGenerator<Uint8Array> {
  checkMemberPaths(members.map(({ path }) => path));
  const seconds = Math.min(Math.max(Math.floor(at.getTime() / 1000), 0), latestSeconds);
  const archive = pack();
  let failure: unknown;
  const writing = writeMembers(archive, members, new Date(seconds * 1000)).catch((error: unknown) => {
    failure = error;
    archive.destroy(error instanceof Error ? error : undefined);
  });
  try {
    for await (const chunk of archive) if (chunk instanceof Uint8Array) yield chunk;
  } catch (error) {
    throw asPackError(failure ?? error);
  } finally {
    archive.destroy();
    await writing;
  }
  if (failure !== undefined) throw asPackError(failure);
}

function asPackError(error: unknown): unknown {
  if (!(error instanceof Error) || error.message !== "Size mismatch") return error;
  return new SealingError("member-changed", "A member changed its length while it was sealed. Seal again.");
}

const invalid = (why: string, params: Record<string, string | number> = {}): SealingError =>
  new SealingError("package-invalid", `The archive inside the sealed report cannot be used: ${why}.`, params);

function checkEntry(header: Header, limits: TarLimits): void {
  if (header.type !== "file") throw invalid("it holds something that is no plain file", { path: header.name });
  if (!isSafePath(header.name)) throw invalid("a member's path is unsafe", { path: header.name.slice(0, pathLimit) });
  if (header.size > limits.memberBytes) throw invalid("a member is too large", { path: header.name });
}

/** A member of an archive that is being read: its chunks are to be taken before the next member is asked for. */
export interface ReadMember {
  readonly path: string;
  readonly size: number;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** What a failure of the archive is to whoever reads it; one of its source's own stays what it is. */
function asReadFailure(error: unknown): SealingError {
  if (error instanceof SealingError) return error;
  return invalid("it is damaged or no tar archive");
}

async function* onlyBytes(entry: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  const parts = entry[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await parts.next().catch((error: unknown) => {
        throw asReadFailure(error);
      });
      if (next.done === true) return;
      if (next.value instanceof Uint8Array) yield next.value;
    }
  } finally {
    await parts.return?.();
  }
}

/**
 * Reads a tar archive member by member, in the archive's order, however large. Plain files only. What it gives may
 * still prove to be part of something that is refused further on.
 * @throws SealingError `package-invalid`: links, folders, devices, unsafe or repeated paths, more than the limits,
 * something that is no tar; or what the source threw
 */
export async function* readTar(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limits: TarLimits,
): AsyncGenerator<ReadMember> {
  const paths: string[] = [];
  const archive = extract();
  let failure: unknown;
  const feeding = pipeline(source, archive).catch((error: unknown) => {
    failure = error;
  });
  let total = 0;
  try {
    for await (const entry of archive) {
      const { header } = entry;
      checkEntry(header, limits);
      total += header.size;
      if (paths.length >= limits.members) throw invalid("it holds too many members");
      if (total > limits.totalBytes) throw invalid("it is too large");
      if (paths.includes(header.name)) throw invalid("a member is there twice", { path: header.name });
      paths.push(header.name);
      yield { path: header.name, size: header.size, chunks: onlyBytes(entry) };
    }
  } catch (error) {
    throw asReadFailure(failure ?? error);
  } finally {
    archive.destroy();
    await feeding;
  }
  try {
    checkMemberPaths(paths);
  } catch (error) {
    throw error instanceof SealingError ? invalid(error.message) : error;
  }
}

/**
 * Reads a tar archive that is wholly in memory (and was authenticated as a whole). Plain files only.
 * @returns contents by path, in the archive's order
 * @throws SealingError `package-invalid`: links, folders, devices, unsafe or repeated paths, more than the limits,
 * something that is no tar
 */
export async function unpackTar(bytes: Uint8Array, limits: TarLimits): Promise<Map<string, Uint8Array>> {
  if (bytes.length > limits.totalBytes) throw invalid("it is too large");
  const members = new Map<string, Uint8Array>();
  for await (const { path, chunks } of readTar([bytes], limits)) {
    const parts: Uint8Array[] = [];
    for await (const part of chunks) parts.push(part);
    members.set(path, joinBytes(parts));
  }
  return members;
}
