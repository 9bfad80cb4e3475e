import type { ReactNode } from "react";
import { Button as AriaButton, DialogTrigger, ListBox, ListBoxItem, Popover, Dialog } from "react-aria-components";
import { mostCompared } from "../../../electron/contract/comparing.ts";
import type { ComparedVersion } from "../../../electron/contract/comparing.ts";
import { formatCount, formatRate } from "../../../electron/contract/number-text.ts";
import { Button, IconSign } from "../../parts/index.ts";

interface ModelChoiceProps {
  readonly versions: readonly ComparedVersion[];
  readonly chosen: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}

/** Which model versions are compared: several of a list, at most as many as a comparison takes. */
export function ModelChoice({ versions, chosen, onChange }: ModelChoiceProps): ReactNode {
  const words = `${formatCount(chosen.length)} of ${formatCount(versions.length)}`;
  const take = (ids: readonly string[]): void => {
    const kept = versions.flatMap(({ id }) => (ids.includes(id) ? [id] : []));
    if (kept.length > 0) onChange(kept.slice(0, mostCompared));
  };
  return (
    <div className="field low">
      <span className="field-label" id="compare-models-label">
        Model versions
      </span>
      <DialogTrigger>
        <AriaButton className="input select-button" aria-labelledby="compare-models-label compare-models-value">
          <span className="select-value" id="compare-models-value">
            {words}
          </span>
          <IconSign name="down" />
        </AriaButton>
        <Popover className="popover" offset={4} placement="bottom start">
          <Dialog className="compare-models" aria-label="Model versions">
            <ListBox
              className="list-box"
              aria-label={`Model versions, at most ${String(mostCompared)}`}
              selectionMode="multiple"
              selectionBehavior="toggle"
              selectedKeys={chosen}
              disabledKeys={
                chosen.length < mostCompared ? [] : versions.flatMap(({ id }) => (chosen.includes(id) ? [] : [id]))
              }
              onSelectionChange={(keys) => {
                take(keys === "all" ? versions.map(({ id }) => id) : [...keys].map(String));
              }}
              items={versions}
            >
              {(version) => (
                <ListBoxItem className="option" id={version.id} textValue={version.words}>
                  {({ isSelected }) => (
                    <>
                      <span className="check-box" aria-hidden="true">
                        {isSelected ? <IconSign name="ok" /> : null}
                      </span>
                      <span className="option-label" title={version.words}>
                        {version.words}
                      </span>
                      <span className="option-detail">{formatRate(version.rate.rate)}</span>
                    </>
                  )}
                </ListBoxItem>
              )}
            </ListBox>
            <footer className="compare-models-foot">
              <Button
                size="small"
                onPress={() => {
                  take(versions.map(({ id }) => id));
                }}
              >
                {versions.length > mostCompared ? `The first ${String(mostCompared)}` : "All of them"}
              </Button>
              <span className="small ink3">At most {String(mostCompared)} at once</span>
            </footer>
          </Dialog>
        </Popover>
      </DialogTrigger>
    </div>
  );
}
