import type { ReactNode } from "react";
import type { AttemptRow } from "../../../electron/contract/evaluation.ts";
import { groupingWords, groupMarkId, groupRows, type Grouping } from "../../charts/group-rows.ts";
import { RadioGroup, Switch } from "../../parts/index.ts";
import { Answer, ImportAction, Missing } from "./answer-parts.tsx";
import { ChartPanel } from "./chart-panel.tsx";
import { useLongAnswer } from "./long-answer.ts";
import { selectionOf, type ViewProps } from "./view-props.ts";

const groupings = [
  { id: "category", label: "Category" },
  { id: "difficulty", label: "Difficulty" },
  { id: "human-time", label: "Human time" },
] as const;

/** Rows of a run that are in a group. A span of human time is named by its ends: "4 to 16 min", its end not included. */
export function fitsGroup(by: Grouping, name: string | null): (row: AttemptRow) => boolean {
  if (by !== "human-time") return (row) => row[by] === name;
  if (name === null) return (row) => row.humanMinutes === null;
  const [first = 0, second] = (name.match(/\d+(?:\.\d+)?/g) ?? []).map(Number);
  const [from, to] = name.startsWith("below") ? [0, first] : [first, second ?? Number.POSITIVE_INFINITY];
  return ({ humanMinutes: minutes }) => minutes !== null && minutes >= from && minutes < to;
}

/** Solve rates by category, difficulty or human time. */
export function GroupsView(props: ViewProps): ReactNode {
  const { state, benchmark, denominator, onBehind } = props;
  const { scope, change, choose } = state;
  const by = groupings.find(({ id }) => id === scope.choices["by"])?.id ?? "category";
  const together = scope.choices["together"] === "yes";
  const answer = useLongAnswer("comparisons.groups", { ...selectionOf(props), by, together });
  const choices = (
    <>
      <Switch
        isSelected={together}
        onChange={(isOn) => {
          choose({ together: isOn ? "yes" : "" });
        }}
      >
        All groups at once
      </Switch>
      <RadioGroup
        label="Group by"
        hideLabel
        look="segments"
        options={groupings}
        value={by}
        onChange={(id) => {
          choose({ by: id });
        }}
      />
    </>
  );
  return (
    <Answer answer={answer} step="Grouping the tasks">
      {(data) =>
        data.groups.every(({ name }) => name === null) ? (
          <Missing
            title={`No ${groupingWords[by]} stated`}
            action={
              <>
                {choices}
                <ImportAction />
              </>
            }
          >
            None of the tasks of {benchmark.title} states its {groupingWords[by]}. It comes with a benchmark pack:
            import one that does.
          </Missing>
        ) : (
          <ChartPanel
            chart={groupRows(data, by, benchmark.title, together)}
            isTable={scope.isTable}
            onTable={(isTable) => {
              change({ isTable });
            }}
            denominator={denominator}
            choices={choices}
            onOpen={(id) => {
              for (const { name } of data.groups)
                for (const version of data.versions)
                  if (groupMarkId(version.id, name) === id)
                    onBehind({
                      what: name ?? `no ${groupingWords[by]}`,
                      version,
                      fits: fitsGroup(by, name),
                      sort: by === "human-time" ? "humanMinutes" : by,
                    });
            }}
          />
        )
      }
    </Answer>
  );
}
