import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components";
import type { VaultState } from "../../electron/contract/vault.ts";
import { Button, Kbd, Tag } from "../parts/index.ts";
import { setOverlay } from "../state/view.ts";
import { lockVault } from "./app-commands.ts";

type OpenVault = Extract<VaultState, { open: true }>;

/** Which vault, who is at it, and the way to lock it. */
export function TitleBar({ vault }: { readonly vault: OpenVault }): ReactNode {
  return (
    <header className="title-bar">
      <div className="title-bar-start">
        <b className="cut">{vault.name}</b>
        <Tag>{vault.fileName}</Tag>
        {vault.readOnly === null ? null : (
          <Tag tone="warn" sign="warn">
            read only
          </Tag>
        )}
      </div>
      <AriaButton
        className="find-anything"
        onPress={() => {
          setOverlay("palette");
        }}
      >
        <Kbd keys="Ctrl+K" />
        Find or do anything
      </AriaButton>
      <div className="title-bar-end">
        <span className="cut">
          {vault.member.name} · {vault.member.role}
        </span>
        <Button onPress={lockVault} shortcut="Ctrl+L">
          Lock
        </Button>
      </div>
    </header>
  );
}
