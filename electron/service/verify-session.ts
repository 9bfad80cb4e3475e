import type { VerifyReport } from "../contract/vault.ts";
import type { VerifyOptions } from "../vault/index.ts";
import { number, text } from "../domain/read-model.ts";
import type { OpenSession } from "./open-session.ts";

/**
 * Verifies the open vault to the bottom: what ciphertext can prove, every entry and blob opened, and every event's right
 * to be there.
 */
export async function verifySession(session: OpenSession, options: VerifyOptions): Promise<VerifyReport> {
  const report = await session.vault.verify(options);
  const refused = session.model.all("SELECT seq, type, refused FROM journal WHERE refused IS NOT NULL ORDER BY seq");
  const problems = [
    ...report.problems,
    ...refused.map((row) => ({
      where: `entry ${String(number(row, "seq"))}`,
      what: `${text(row, "type")} was refused: ${text(row, "refused")}`,
    })),
  ];
  const { entries, sealed, checkpoints, blobs, bytes } = report;
  return { entries, sealed, checkpoints, blobs, bytes, ok: problems.length === 0, depth: "everything", problems };
}
