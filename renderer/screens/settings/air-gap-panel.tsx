import { useEffect, useState, type ReactNode } from "react";
import type { ShellOutput } from "../../../electron/contract/shell.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { Button, DescriptionList, Panel, Tag } from "../../parts/index.ts";
import { useActivity } from "../../state/activity.ts";
import { shell } from "../../state/shell.ts";
import { setOverlay } from "../../state/view.ts";

type AppInfo = ShellOutput<"appInfo">;

const layers: readonly (readonly [keyof AppInfo["refused"], string])[] = [
  ["request", "Requests to anywhere but the application itself"],
  ["policy", "What the page's content policy stopped"],
  ["navigation", "Attempts to leave the page"],
  ["window", "Attempts to open a window"],
  ["permission", "Permissions asked for"],
  ["device", "Devices asked for"],
  ["download", "Downloads"],
  ["caller", "Messages from a sender that is not the page"],
];

/** What each layer of the air gap refused since the application started. */
export function AirGapPanel(): ReactNode {
  const total = useActivity((activity) => activity.refused);
  const [info, setInfo] = useState<AppInfo | null>(null);
  useEffect(() => {
    void shell()
      .appInfo()
      .then((result) => {
        if (result.ok) setInfo(result.value);
      });
  }, [total]);
  const refused = info?.refused;
  return (
    <Panel
      title="Offline by design"
      hint="refused since the start"
      actions={
        <>
          {total === 0 ? (
            <Tag tone="ok" sign="ok">
              0 refused
            </Tag>
          ) : (
            <Tag tone="warn" sign="warn">
              {formatCount(total)} refused
            </Tag>
          )}
          <Button
            size="small"
            onPress={() => {
              setOverlay("about");
            }}
          >
            About
          </Button>
        </>
      }
    >
      <DescriptionList
        look="counts"
        items={layers.map(([layer, words]) => ({
          term: words,
          value: refused === undefined ? "…" : formatCount(refused[layer]),
        }))}
      />
      <p className="small ink3">EvalVault makes no request. Every figure should be 0; report any that is not.</p>
    </Panel>
  );
}
