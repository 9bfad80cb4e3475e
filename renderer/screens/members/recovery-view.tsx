import { useState, type ReactNode } from "react";
import type { Compartment } from "../../../electron/contract/members.ts";
import type { RequestOutput } from "../../../electron/contract/index.ts";
import { Button, DescriptionList, ErrorNote, Loading, Note, Panel, Tag } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import { minuteWords } from "../../state/time-words.ts";
import { MakeSharesDialog } from "./make-shares-dialog.tsx";

type Kit = RequestOutput<"recovery.list">[number];

/** What a kit's shares would open, and what they would not: a lead can give them only what they read themselves. */
function Coverage({
  kit,
  compartments,
}: {
  readonly kit: Kit;
  readonly compartments: readonly Compartment[];
}): ReactNode {
  const beyond = compartments.filter(({ holders }) => !holders.some(({ id }) => id === kit.memberId));
  if (beyond.length === 0) return null;
  return (
    <Note tone="warn" title={`They do not open ${beyond.map(({ name }) => name).join(", ")}`}>
      A lead who reads it can let the recovery identity read it too, in Compartments.
    </Note>
  );
}

function KitFacts({ kit }: { readonly kit: Kit }): ReactNode {
  return (
    <DescriptionList
      items={[
        { term: "Opens with", value: `any ${String(kit.threshold)} of ${String(kit.holders.length)} shares` },
        { term: "Kept by", value: kit.holders.join(", ") },
        { term: "Made", value: `${minuteWords(kit.madeAt)} by ${kit.madeBy}` },
      ]}
    />
  );
}

interface RecoveryViewProps {
  readonly mayMake: boolean;
  readonly compartments: readonly Compartment[];
}

/** Recovery shares: whether there are any, who keeps them, and new ones. */
export function RecoveryView({ mayMake, compartments }: RecoveryViewProps): ReactNode {
  const kits = useQuery("recovery.list", {});
  const [makes, setMakes] = useState(false);
  if (kits.status === "loading") return <Loading />;
  if (kits.status === "failed") return <ErrorNote failure={kits.failure} />;
  const current = kits.data.find((kit) => kit.current);
  const former = kits.data.filter((kit) => !kit.current);
  return (
    <>
      <Panel
        title="Recovery shares"
        hint="for the day when no lead can get in"
        actions={
          <>
            {current === undefined ? null : (
              <Tag tone="ok" sign="ok">
                in use
              </Tag>
            )}
            <Button
              size="small"
              isDisabled={!mayMake}
              onPress={() => {
                setMakes(true);
              }}
            >
              {current === undefined ? "Make shares" : "Make new shares"}
            </Button>
          </>
        }
      >
        <div className="stack">
          {current === undefined ? (
            <Note tone="warn" title="Nobody could recover this vault">
              If every lead forgets their passphrase, what is in it is lost. Shares, kept by several people, let in a
              new lead together; fewer of them than you choose open nothing.
            </Note>
          ) : (
            <>
              <KitFacts kit={current} />
              <Coverage kit={current} compartments={compartments} />
            </>
          )}
          <p className="small ink2">
            Each share is a text file and a page to print. To use them, lock the vault: the lock screen has “Lost
            access?”.
          </p>
        </div>
      </Panel>
      {former.map((kit) => (
        <Panel key={kit.memberId} title="Former shares" hint="they open nothing any more">
          <KitFacts kit={kit} />
        </Panel>
      ))}
      {makes ? (
        <MakeSharesDialog
          replaces={current !== undefined}
          onClose={() => {
            setMakes(false);
          }}
        />
      ) : null}
    </>
  );
}
