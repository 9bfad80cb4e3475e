import type { Contributor, HandoverCard, HandoverPreview } from "../../contract/handover.ts";
import { markingWords } from "../../contract/marking.ts";
import type { RequestInput } from "../../contract/index.ts";
import { flag, option, options, required, UsageError, word, type Arguments } from "../arguments.ts";
import { RequestFailed, type Client } from "../client.ts";
import type { Command, ExitCode } from "../command.ts";
import { compartmentNamed } from "../naming.ts";
import { json, line, table } from "../output.ts";
import { unlock } from "../unlocking.ts";

function printCard({ name, role, vaultLabel, fingerprint }: HandoverCard): void {
  line(`${name}, ${role}, vault ${vaultLabel}`);
  line(`Fingerprint: ${fingerprint.hex}`);
  line(`             ${fingerprint.words}`);
}

async function card(client: Client, args: Arguments): Promise<ExitCode> {
  const out = required(args, "out");
  await unlock(client, args);
  const made = await client.ask("handover.card", { destination: client.destination(out) });
  if (flag(args, "json")) json(made);
  else {
    printCard(made);
    line(`Your card is in ${out}: public keys and your name, readable by anyone. Read its fingerprint to who gets it.`);
  }
  return 0;
}

async function runIds(client: Client, names: readonly string[]): Promise<string[]> {
  const runs = await client.ask("runs.list", {});
  return names.map((name) => {
    const found = runs.find((run) => run.id === name || run.code.toLowerCase() === name.toLowerCase());
    if (found === undefined) throw new RequestFailed({ code: "not-found", subject: `the run ${name}` });
    return found.id;
  });
}

async function campaignId(client: Client, name: string): Promise<string> {
  const campaigns = await client.ask("campaigns.list", {});
  const found = campaigns.filter((one) => one.id === name || one.name.toLowerCase() === name.toLowerCase());
  const [only] = found;
  if (only === undefined) throw new RequestFailed({ code: "not-found", subject: `the campaign ${name}` });
  if (found.length === 1) return only.id;
  throw new RequestFailed({ code: "conflict", subject: name, detail: "Several have this name; give the id." });
}

async function contents(client: Client, args: Arguments): Promise<RequestInput<"handover.pack">["contents"]> {
  const campaign = option(args, "campaign");
  if (campaign !== undefined) return { kind: "assignment", campaignId: await campaignId(client, campaign) };
  return { kind: "runs", runIds: await runIds(client, options(args, "run")) };
}

async function handover(client: Client, args: Arguments): Promise<ExitCode> {
  const to = required(args, "to");
  const out = required(args, "out");
  if (options(args, "run").length > 0 === (option(args, "campaign") !== undefined)) {
    throw new UsageError("give --run R-0001 once or several times, or --campaign NAME, one of the two");
  }
  await unlock(client, args);
  const made = await client.ask("handover.pack", {
    card: client.file(to),
    contents: await contents(client, args),
    destination: client.destination(out),
  });
  if (flag(args, "json")) {
    json(made);
    return 0;
  }
  const what = made.runs === 0 ? "The assignment" : `${String(made.runs)} runs`;
  const files = `${String(made.evidence.files)} kept files`;
  line(
    `${what} with ${String(made.events)} events and ${files} packed: ${out}, ${String(made.bytes)} bytes. It opens for:`,
  );
  printCard(made.to);
  return 0;
}

function printPerson({ name, vaultName, events, signed, standing, fingerprint }: Contributor): void {
  const words = { member: "a member of this vault", accepted: "accepted here before", new: "NOT accepted here yet" };
  line(
    `  ${name} (${vaultName}), ${String(events)} events, ${signed ? words[standing] : "vouched for by others there"}`,
  );
  if (signed && standing === "new") {
    line(`    ${fingerprint.hex}`);
    line(`    ${fingerprint.words}`);
  }
}

const checkpointWords: Record<HandoverPreview["checkpoint"]["standing"], string> = {
  first: "nothing was seen of that vault before",
  same: "seen before",
  continued: "proved to continue what was seen before",
  unproved: "no proof that it continues what was seen before",
};

function printPreview(shown: HandoverPreview): void {
  const { sender, others, vault, checkpoint, events, evidence, runs } = shown;
  line(`${shown.kind === "runs" ? "Work" : "An assignment"} from ${vault.name}, ${markingWords(shown.marking)}`);
  for (const person of [sender, ...others]) printPerson(person);
  line(`  its journal: ${String(checkpoint.size)} entries, ${checkpointWords[checkpoint.standing]}`);
  line(`  ${String(events.new)} new events of ${String(events.total)}; ${String(evidence.files)} files to keep`);
  for (const { words, newness } of [...shown.campaigns, ...shown.benchmarks, ...shown.models]) {
    if (newness !== "known") line(`  ${newness}: ${words}`);
  }
  if (runs.length > 0) {
    table([
      ["Run", "", "Model version", "Benchmark", "Planned", "Run", "State"],
      ...runs.map((run) => [
        run.code ?? "",
        run.newness,
        run.model,
        run.benchmark,
        String(run.planned),
        String(run.run),
        run.sameLogAs === null ? run.state : `${run.state}, same log as ${run.sameLogAs}`,
      ]),
    ]);
  }
  for (const { type, by, reason } of shown.heldBack) line(`  held back: ${type} by ${by}: ${reason}`);
}

/** A fingerprint as digits, with or without spaces, or as its words. */
function matches({ fingerprint }: Contributor, given: string): boolean {
  const plain = given.trim().toLowerCase().replace(/\s+/g, " ");
  return plain.replaceAll(" ", "") === fingerprint.id || plain === fingerprint.words;
}

async function receive(client: Client, args: Arguments): Promise<ExitCode> {
  const path = word(args, 1, "FILE");
  const given = options(args, "accept");
  await unlock(client, args);
  const file = client.file(path);
  const shown = await client.ask("handover.preview", { file });
  const people = [shown.sender, ...shown.others];
  const odd = given.find((one) => !people.some((person) => matches(person, one)));
  if (odd !== undefined) throw new UsageError(`nobody in this package has the fingerprint ${odd}`);
  const acceptContributors = people
    .filter((person) => given.some((one) => matches(person, one)))
    .map((person) => person.key);
  const strangers = people.filter(
    ({ standing, signed, key }) => standing === "new" && signed && !acceptContributors.includes(key),
  );
  if (strangers.length > 0 && !flag(args, "json")) printPreview(shown);
  const wanted = option(args, "compartment");
  const compartment = wanted === undefined ? undefined : (await compartmentNamed(client, wanted)).id;
  const received = await client.ask("handover.receive", {
    file,
    acceptContributors,
    ...(compartment === undefined ? {} : { compartment }),
  });
  if (flag(args, "json")) {
    json(received);
    return 0;
  }
  printPreview(received.taken);
  line(received.entries.length === 0 ? "Nothing of it is new here: nothing was written." : "Received.");
  return 0;
}

export const handoverCommands: readonly Command[] = [
  {
    name: "card",
    usage: "VAULT --out FILE",
    summary: "save your hand-over card: by it others pack work for you, and know yours",
    run: card,
  },
  {
    name: "handover",
    usage: "VAULT (--run R-0001 [--run ...] | --campaign NAME) --to CARD_FILE --out FILE",
    summary: "seal runs with their evidence, or a campaign's plan, to whom a card names",
    run: handover,
  },
  {
    name: "receive",
    usage: "VAULT FILE [--accept FINGERPRINT]... [--compartment C]",
    summary: "take a hand-over in: what of it is not here yet",
    help: [
      "--accept FINGERPRINT   of a signer whom nobody here has accepted yet, as digits or as its twelve words, once you",
      "                       have compared it with them by another way; without it the package is shown and refused",
      "--compartment C        where campaigns, and runs of no campaign, are to go; the shared one unless said",
    ],
    run: receive,
  },
];
