import { secret, type ServiceClient } from "../../integration/service-client.ts";

/** Two leads, two evaluators and a vault of theirs. */
export const passphrases = {
  ana: "ana keeps the first key",
  ben: "ben keeps the second key",
  dora: "dora runs the benchmarks",
  eve: "eve has plans of her own",
} as const;
export type Person = keyof typeof passphrases;
export const labels: Readonly<Record<Person, string>> = {
  ana: "Lead A",
  ben: "Lead B",
  dora: "Evaluator D",
  eve: "Evaluator E",
};

export async function createVaultOfFour(client: ServiceClient, path: string): Promise<void> {
  await client.ask("vault.create", {
    file: client.destination(path),
    name: "Forgeries",
    label: "F-1",
    marking: { level: "secret", suffix: "" },
    founder: { name: "Ana", label: labels.ana, passphrase: secret(passphrases.ana) },
    others: [
      { name: "Ben", label: labels.ben, role: "lead", passphrase: secret(passphrases.ben) },
      { name: "Dora", label: labels.dora, role: "evaluator", passphrase: secret(passphrases.dora) },
      { name: "Eve", label: labels.eve, role: "evaluator", passphrase: secret(passphrases.eve) },
    ],
  });
}

export async function unlockAs(client: ServiceClient, path: string, person: Person): Promise<void> {
  const passphrase = secret(passphrases[person]);
  await client.ask("vault.unlock", { file: client.file(path), member: labels[person], passphrase });
}

export async function idsOf(client: ServiceClient): Promise<Record<Person, string>> {
  const members = await client.ask("members.list", {});
  const id = (person: Person): string => members.find((one) => one.label === labels[person])?.id ?? "";
  return { ana: id("ana"), ben: id("ben"), dora: id("dora"), eve: id("eve") };
}

/** What the vault says, but for its journal and how long that is. */
export async function look(client: ServiceClient): Promise<unknown> {
  const state = await client.ask("vault.state", {});
  return {
    state: state.open && { ...state, entries: 0, checkpoint: "", counts: { ...state.counts, refused: 0 } },
    members: (await client.ask("members.list", {})).filter((member) => member.current),
    compartments: (await client.ask("compartments.list", {})).map((one) => ({ ...one, entries: 0, epoch: 0 })),
    models: await client.ask("models.list", {}),
    benchmarks: await client.ask("benchmarks.list", {}),
    campaigns: await client.ask("campaigns.list", {}),
    runs: await client.ask("runs.list", {}),
    reports: await client.ask("reports.list", {}),
    recipients: await client.ask("recipients.list", {}),
    acts: await client.ask("acts.list", {}),
  };
}
