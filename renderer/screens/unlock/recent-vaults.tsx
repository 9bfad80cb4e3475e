import type { ReactNode } from "react";
import { ListBox, ListBoxItem, Text } from "react-aria-components";
import type { RequestOutput } from "../../../electron/contract/index.ts";
import { pageTitleId, Tag } from "../../parts/index.ts";
import { minuteWords } from "../../state/time-words.ts";

type Recent = RequestOutput<"vault.recent">[number];

interface RecentVaultsProps {
  readonly vaults: readonly Recent[];
  readonly onChoose: (file: string) => void;
}

/** Vaults that were opened on this workstation before, the newest first. */
export function RecentVaults({ vaults, onChoose }: RecentVaultsProps): ReactNode {
  return (
    <>
      <h1 id={pageTitleId} tabIndex={-1} className="door-title">
        Recent vaults
      </h1>
      <ListBox
        className="recent-vaults"
        aria-label="Recent vaults"
        items={vaults.map((vault) => ({ ...vault, id: vault.file }))}
        disabledKeys={vaults.filter((vault) => !vault.present).map((vault) => vault.file)}
        onAction={(key) => {
          onChoose(String(key));
        }}
      >
        {(vault) => (
          <ListBoxItem className="recent-vault" textValue={vault.label}>
            <Text slot="label" className="recent-vault-label">
              {vault.label}
              {vault.present ? null : (
                <Tag tone="warn" sign="warn">
                  not there now
                </Tag>
              )}
            </Text>
            <Text slot="description" className="small ink3">
              {vault.fileName} in {vault.folder} · last opened {minuteWords(vault.lastOpenedAt)}
            </Text>
          </ListBoxItem>
        )}
      </ListBox>
    </>
  );
}
