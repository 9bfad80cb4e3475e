import { formatCounted, formatDecimal, formatInterval, formatIntervalMethods } from "../../contract/number-text.ts";
import type { AgreementFigure, ReviewAgreement, ReviewRound } from "../../contract/reviewing.ts";
import { flag, option, word, type Arguments } from "../arguments.ts";
import { RequestFailed, type Client } from "../client.ts";
import type { Command, ExitCode } from "../command.ts";
import { json, line, table } from "../output.ts";
import { unlock } from "../unlocking.ts";

/** The round that an id or a name names. */
async function roundNamed(client: Client, name: string): Promise<ReviewRound> {
  const rounds = await client.ask("reviews.rounds", {});
  const found = rounds.filter((one) => one.id === name || one.name.toLowerCase() === name.toLowerCase());
  const [first] = found;
  const subject = `the round ${name}`;
  if (first === undefined) throw new RequestFailed({ code: "not-found", subject });
  if (found.length === 1) return first;
  throw new RequestFailed({ code: "conflict", subject, detail: "Several have this name; give the id." });
}

async function list(client: Client, args: Arguments): Promise<ExitCode> {
  await unlock(client, args);
  const rounds = await client.ask("reviews.rounds", {});
  if (flag(args, "json")) for (const round of rounds) json(round);
  else {
    const rows = rounds.map(({ name, state, blind, perAttempt, sums, mine, id }) => [
      name,
      state,
      `${blind ? "blind, " : ""}${perAttempt === 2 ? "two judge" : "one judges"}`,
      `${String(sums.decided)} of ${String(sums.items)}`,
      String(sums.adjudication),
      String(mine.toDo),
      id,
    ]);
    table([["Round", "State", "How", "Decided", "To adjudicate", "Mine to do", "Id"], ...rows]);
  }
  return 0;
}

const reasons: Readonly<Record<NonNullable<AgreementFigure["reason"]>, string>> = {
  "no-items": "no items",
  "one-category": "one category",
  "more-than-two-reviewers": "more than two",
  "blind-until-frozen": "blind until frozen",
  "not-asked": "not asked",
};

function figure({ value, interval, reason }: AgreementFigure): string {
  if (value === null) return reason === null ? "–" : reasons[reason];
  return interval === null ? formatDecimal(value, 3) : `${formatDecimal(value, 3)} ${formatInterval(interval)}`;
}

function printAgreement({ items, reviewers, rows, revisedAfterSight, adjudicated, seed }: ReviewAgreement): void {
  line(`${formatCounted(items, "item")} that two of ${formatCounted(reviewers, "reviewer")} judged apart.`);
  line(`${String(revisedAfterSight)} revised after the other's was seen, ${String(adjudicated)} adjudicated.`);
  table([
    ["", "n", "Raw", "Cohen's kappa", "Krippendorff's alpha"],
    ...rows.map(({ words, raw, kappa, alpha }) => [words, String(raw.n), figure(raw), figure(kappa), figure(alpha)]),
  ]);
  const methods = formatIntervalMethods(
    rows.flatMap(({ raw, kappa, alpha }) => [raw, kappa, alpha]).map((one) => one.interval),
  );
  if (methods !== "") line(`Intervals: ${methods}; seed ${String(seed)}.`);
}

async function agreement(client: Client, args: Arguments): Promise<ExitCode> {
  const name = word(args, 1, "ROUND");
  await unlock(client, args);
  const { id: roundId } = await roundNamed(client, name);
  const figures = await client.ask("reviews.agreement", { roundId });
  if (flag(args, "json")) json(figures);
  else printAgreement(figures);
  return 0;
}

async function freeze(client: Client, args: Arguments): Promise<ExitCode> {
  const name = word(args, 1, "ROUND");
  await unlock(client, args);
  const { id: roundId } = await roundNamed(client, name);
  const round = await client.ask("reviews.freezeRound", { roundId, reason: option(args, "reason") ?? "" });
  if (flag(args, "json")) json(round);
  else {
    const { judgements = 0, hash = "" } = round.frozen ?? {};
    line(`${round.name} is frozen with ${formatCounted(judgements, "judgement")}: ${hash}`);
  }
  return 0;
}

const naming = "ROUND is its name or its id.";

export const reviewingCommands: readonly Command[] = [
  {
    name: "review list",
    usage: "VAULT",
    summary: "the rounds of reviews, how far each is, and what waits for you",
    run: list,
  },
  {
    name: "review agreement",
    usage: "VAULT ROUND",
    summary: "how far reviewers agree: raw, Cohen's kappa, Krippendorff's alpha, by flag and for the score",
    help: [naming, "Of a blind round it is told once the round is frozen."],
    run: agreement,
  },
  {
    name: "review freeze",
    usage: "VAULT ROUND [--reason WORDS]",
    summary: "ends a round for good; no judgement changes afterwards",
    help: [naming, "With items that are not decided it needs a reason."],
    run: freeze,
  },
];
