import type { VaultOutline } from "../contract/vault.ts";
import { inspectVault } from "../vault/index.ts";
import type { Host } from "./host.ts";
import { shortRoot } from "./open-session.ts";

/** What a vault file says without a passphrase. */
export function outlineOf(host: Host, file: string): VaultOutline {
  const outline = inspectVault(host.files.path(file));
  const seen = host.profile.lastSeen(outline.id);
  return {
    file,
    fileName: host.files.name(file),
    id: outline.id,
    label: outline.label,
    format: outline.format,
    slots: outline.slots.map(({ memberId, label, keyFile, kdf }) => ({
      memberId,
      label,
      keyFile,
      kdf: { memoryBytes: kdf.memory, passes: kdf.ops },
    })),
    entries: outline.entries,
    checkpoints: outline.checkpoints,
    checkpoint: shortRoot(outline.checkpoint.rootHex),
    bytes: outline.bytes,
    lastSeen: seen === null ? null : { entries: seen.size, at: seen.openedAt },
  };
}
