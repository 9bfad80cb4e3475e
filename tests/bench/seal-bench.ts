import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { decryptBytes, encryptStream } from "../../electron/sealing/age.ts";
import { generateIdentity } from "../../electron/sealing/age-keys.ts";
import { temporaryFolder } from "../integration/service-client.ts";
import { megabytes, milliseconds, percentile, rate, type Measurement } from "./measure.ts";

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

/** Encrypting and opening 64 MB, beside the stock `age` command on the same bytes; null where it is not installed. */
function stock(work: () => void): Promise<number> | null {
  try {
    execFileSync("age", ["--version"], { stdio: "ignore" });
  } catch {
    return null;
  }
  return milliseconds(work);
}

export async function sealBench(): Promise<Measurement[]> {
  const folder = temporaryFolder();
  try {
    const { keyFile, recipient } = await generateIdentity("classic", new Date(0));
    const bytes = randomBytes(64 * 1024 * 1024);
    writeFileSync(folder.path("plain"), bytes);
    writeFileSync(folder.path("key"), keyFile);
    const sealed: Uint8Array[] = [];
    const rounds = [0, 1, 2];
    const sealMs: number[] = [];
    const openMs: number[] = [];
    for (const round of rounds) {
      const chunks: Uint8Array[] = [];
      sealMs.push(
        await milliseconds(async () => {
          for await (const chunk of encryptStream(once(bytes), { recipients: [{ key: recipient.key }] }))
            chunks.push(chunk);
        }),
      );
      if (round === 0) sealed.push(...chunks);
      openMs.push(await milliseconds(() => decryptBytes(Buffer.concat(chunks), { identities: [keyFile] })));
    }
    writeFileSync(folder.path("sealed.age"), Buffer.concat(sealed));
    const ageSeal = await stock(() =>
      execFileSync("age", ["-r", recipient.key, "-o", folder.path("a.age"), folder.path("plain")]),
    );
    const ageOpen = await stock(() =>
      execFileSync("age", ["-d", "-i", folder.path("key"), "-o", folder.path("b"), folder.path("sealed.age")]),
    );
    return [
      line("seal 64 MB", bytes.length, percentile(sealMs, 0.5), ageSeal),
      line("open 64 MB", bytes.length, percentile(openMs, 0.5), ageOpen),
    ];
  } finally {
    folder.remove();
  }
}

function line(what: string, bytes: number, ours: number, peer: number | null): Measurement {
  const ratio = peer === null ? null : peer / ours;
  return {
    what,
    result: rate(megabytes(bytes, ours)),
    bar: "≥ 0.5 × age",
    peer:
      peer === null || ratio === null
        ? "age is not installed"
        : `age: ${rate(megabytes(bytes, peer))}, ours ${ratio.toFixed(2)} ×`,
    met: ratio === null ? null : ratio >= 0.5,
  };
}
