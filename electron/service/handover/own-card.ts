import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import type { HandoverCard } from "../../contract/handover.ts";
import { memberName, memberRole } from "../../domain/members/queries.ts";
import { Refusal } from "../../domain/refusal.ts";
import { makeCard, readCard } from "../../handover/index.ts";
import { ageRecipientOf, type KeyAgreement } from "../../sealing/age-agreement.ts";
import { writeNewFile } from "../../sealing/new-file.ts";
import type { RequestContext } from "../handlers.ts";
import type { OpenSession } from "../open-session.ts";

const cardLimit = 64 * 1024;

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** This member's box key, with the secret half in the vault. */
export function ownAgreement({ vault }: OpenSession): KeyAgreement {
  const own = vault.memberKeys().find(({ memberId }) => memberId === vault.memberId);
  if (own === undefined) throw new Error("the vault holds no public keys of who opened it");
  return { publicKey: own.boxKey, agree: (publicKey) => vault.agree(publicKey) };
}

function ownCard(session: OpenSession): { card: HandoverCard; file: Uint8Array } {
  const { vault, model } = session;
  const role = memberRole(model, vault.memberId);
  if (role === null) throw new Refusal("not-allowed", "a card", "Only members have one.");
  const facts = {
    name: memberName(model, vault.memberId),
    role,
    vaultId: vault.id,
    vaultLabel: vault.label,
    memberId: vault.memberId,
    key: hex(vault.publicKey),
    recipient: ageRecipientOf(ownAgreement(session).publicKey),
  };
  return makeCard(facts, (bytes) => vault.sign(bytes));
}

/** This member's card; saved where a place is given. It holds public keys and a name, readable by anyone. */
export async function card({ host }: RequestContext, destination: string | undefined): Promise<HandoverCard> {
  const made = ownCard(host.session);
  if (destination !== undefined) {
    const path = host.destinationPath(destination);
    await writeNewFile(path, [made.file]);
    host.produced(path);
  }
  return made.card;
}

/** Somebody's card, as they sent it. @throws HandoverError `card-invalid` */
export function cardOf({ host }: RequestContext, handle: string): HandoverCard {
  const path = host.outsidePath(handle);
  if (statSync(path).size > cardLimit) throw new Refusal("handover-card-invalid", basename(path));
  return readCard(new Uint8Array(readFileSync(path)));
}
