import { toHex } from "./canonical.ts";
import { damaged } from "./errors.ts";
import { sodium, wipe, type RandomBytes } from "./sodium.ts";

/** A member's secret keys. Whoever holds them wipes them. */
export interface MemberSecrets {
  /** 32-byte Ed25519 seed (RFC 8032). */
  readonly seed: Uint8Array;
  /** libsodium's 64-byte Ed25519 secret key: seed ‖ public key. */
  readonly signing: Uint8Array;
  /** 32-byte X25519 secret key. */
  readonly box: Uint8Array;
}

/** A member's public keys, 32 bytes each. */
export interface MemberPublic {
  readonly ed25519: Uint8Array;
  readonly x25519: Uint8Array;
}

/** The key pairs of a 32-byte Ed25519 seed and a 32-byte X25519 secret key. */
export function memberKeyPairs(
  seed: Uint8Array,
  box: Uint8Array,
): { readonly secrets: MemberSecrets; readonly publicKeys: MemberPublic } {
  const pair = sodium.crypto_sign_seed_keypair(seed);
  return {
    secrets: { seed, signing: pair.privateKey, box },
    publicKeys: { ed25519: pair.publicKey, x25519: sodium.crypto_scalarmult_base(box) },
  };
}

/** The key pairs of a new member. */
export function newMemberKeyPairs(random: RandomBytes): ReturnType<typeof memberKeyPairs> {
  const seed = random(32);
  try {
    return memberKeyPairs(seed, random(32));
  } catch (error) {
    wipe(seed);
    throw error;
  }
}

/** The same keys once more, to be wiped on their own. */
export function copySecrets({ seed, signing, box }: MemberSecrets): MemberSecrets {
  return { seed: seed.slice(), signing: signing.slice(), box: box.slice() };
}

export function wipeSecrets({ seed, signing, box }: MemberSecrets): void {
  wipe(seed, signing, box);
}

/** The secret keys of an open vault: the member's own and those of the compartments that the member may read. */
export class KeyRing {
  readonly member: MemberSecrets;
  readonly #compartments = new Map<string, Uint8Array>();

  constructor(member: MemberSecrets) {
    this.member = member;
  }

  add(compartment: number, epoch: number, key: Uint8Array): void {
    this.#compartments.set(`${String(compartment)}/${String(epoch)}`, key);
  }

  /** Whether this member can read what is in that compartment and epoch. */
  has(compartment: number, epoch: number): boolean {
    return this.#compartments.has(`${String(compartment)}/${String(epoch)}`);
  }

  /** @throws VaultError "damaged" where this member has no key for what is in the file. */
  compartment(compartment: number, epoch: number): Uint8Array {
    const key = this.#compartments.get(`${String(compartment)}/${String(epoch)}`);
    if (key === undefined) {
      throw damaged(`compartment ${String(compartment)}`, `there is no key of epoch ${String(epoch)} for this member`);
    }
    return key;
  }

  /** The same member's keys once more, to be wiped on their own; without compartment keys. */
  copyOfMember(): KeyRing {
    return new KeyRing(copySecrets(this.member));
  }

  wipe(): void {
    wipeSecrets(this.member);
    wipe(...this.#compartments.values());
    this.#compartments.clear();
  }

  /** Keeps keys out of logs and error texts that print objects. */
  toJSON(): string {
    return `keys of ${toHex(this.member.signing.subarray(32))}`;
  }
}
