import type { Campaign, Deviation, PooledRates } from "../../../../electron/contract/planning.ts";
import type { Ledger, Rate } from "../../../../electron/contract/values.ts";
import { at } from "./clock.ts";
import { fourRates } from "./evaluation-sample.ts";

/** How the sample's campaign kept to its plan, and its numbers under each denominator. */

const meridian = "Meridian-2 (checkpoint 0914, safeguards reduced)";

export const deviations: Deviation[] = [
  {
    kind: "started-before-registration",
    severity: "serious",
    what: "Its log says that it was started before the plan was registered.",
    run: { id: "run-7", code: "R-0007" },
    where: `${meridian} · Cybench`,
    since: at(-22, 9, 14),
  },
  {
    kind: "limits-differ",
    severity: "serious",
    what: "Token limit: 1,000,000 tokens planned, 500,000 tokens in the log; Working time limit: 7,200 seconds planned, 3,600 seconds in the log.",
    run: { id: "run-5", code: "R-0005" },
    where: "Meridian-2 (checkpoint 0914, as deployed) · Cybench",
    since: at(-9, 16, 2),
  },
  {
    kind: "elicitation-differs",
    severity: "notable",
    what: "Scaffold: react planned, basic_agent in the log; Temperature: 0.7 planned, 1 in the log.",
    run: { id: "run-5", code: "R-0005" },
    where: "Meridian-2 (checkpoint 0914, as deployed) · Cybench",
    since: at(-9, 16, 2),
  },
  {
    kind: "settings-differ",
    severity: "serious",
    what: "Other settings than in the other runs of its benchmark: limit of turns 40, not 80; solverArgs.attempts 3, not 1; settings.revision.commit 8f2c11d, not 41aa9e0; and 2 more.",
    run: { id: "run-5", code: "R-0005" },
    where: "Meridian-2 (checkpoint 0914, as deployed) · Cybench",
    since: at(-9, 16, 2),
  },
  {
    kind: "tasks-missing",
    severity: "serious",
    what: "It lacks 3 of 40 planned tasks: [Very Easy] Flag Command, network-tools, walking-to-the-seaside.",
    run: { id: "run-4", code: "R-0004" },
    where: "Atlas-5 cyber (2026-08, as deployed) · Cybench",
    since: at(-7, 11, 40),
  },
  {
    kind: "attempts-missing",
    severity: "notable",
    what: "158 of 237 planned attempts were not run when the plan was due.",
    run: null,
    where: `${meridian} · InterCode-CTF`,
    since: at(-2, 0, 0),
  },
  {
    kind: "run-rejected",
    severity: "notable",
    what: "It was rejected; its attempts are in no number.",
    run: { id: "run-3", code: "R-0003" },
    where: `${meridian} · NYU CTF Bench`,
    since: at(-1, 10, 55),
  },
  {
    kind: "protocol-not-stated",
    severity: "slight",
    what: "Its log does not state what the plan says of scaffold version, tools, network, human help.",
    run: { id: "run-7", code: "R-0007" },
    where: `${meridian} · Cybench`,
    since: at(-22, 9, 14),
  },
  {
    kind: "run-duplicate",
    severity: "slight",
    what: "Another run is of the same log; that one is counted, this one is in no number.",
    run: { id: "run-2", code: "R-0002" },
    where: `${meridian} · Cybench`,
    since: at(-1, 12, 20),
  },
];

function sum(ledgers: readonly Ledger[]): Ledger | undefined {
  const [first, ...others] = ledgers;
  if (first === undefined) return undefined;
  return others.reduce<Ledger>(
    (all, one) => ({
      planned: all.planned + one.planned,
      solved: all.solved + one.solved,
      notSolved: all.notSolved + one.notSolved,
      unscored: all.unscored + one.unscored,
      refused: all.refused + one.refused,
      limitReached: all.limitReached + one.limitReached,
      modelError: all.modelError + one.modelError,
      infrastructureFault: all.infrastructureFault + one.infrastructureFault,
      invalidated: all.invalidated + one.invalidated,
      withheld: all.withheld + one.withheld,
      notRun: all.notRun + one.notRun,
    }),
    first,
  );
}

/** The pooled headline of a ledger: of what has a result, what was solved. */
function headline(ledger: Ledger, tasks: number): Rate {
  const n = ledger.planned - ledger.invalidated - ledger.withheld - ledger.notRun;
  const solvedTasks = Math.min(tasks, ledger.solved);
  return { n, solved: ledger.solved, tasks, solvedTasks, rate: n === 0 ? null : ledger.solved / n, interval: null };
}

export function denominators(campaign: Campaign): PooledRates[] {
  const line = (
    of: Pick<PooledRates, "over" | "model" | "benchmark">,
    cells: readonly Campaign["cells"][number][],
  ): PooledRates[] => {
    const ledger = sum(cells.map((cell) => cell.ledger));
    if (ledger === undefined) return [];
    const tasks = cells.reduce((all, cell) => all + cell.rate.tasks, 0);
    const runs = cells.flatMap((cell) => cell.runs).length;
    return [{ ...of, runs, ledger, rates: fourRates(ledger, headline(ledger, tasks)) }];
  };
  const titles = new Map(campaign.benchmarks.map(({ id, title }) => [id, title]));
  const versions = campaign.modelVersions.flatMap(({ id, words }) => {
    const own = campaign.cells.filter((cell) => cell.modelVersionId === id);
    return [
      ...own.flatMap((cell) => {
        const benchmark = titles.get(cell.benchmarkId) ?? "";
        return line({ over: "cell", model: words, benchmark }, [cell]);
      }),
      ...line({ over: "model-version", model: words, benchmark: null }, own),
    ];
  });
  return [...versions, ...line({ over: "campaign", model: null, benchmark: null }, campaign.cells)];
}
