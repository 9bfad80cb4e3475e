import type { ReactNode } from "react";
import type { Campaign } from "../../../electron/contract/planning.ts";
import { ActDialog, showToast } from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";

function hasResults(campaign: Campaign): boolean {
  return campaign.ledger.planned > campaign.ledger.notRun;
}

/** Registering cannot be taken back: it says so, and whether a result is there already. */
export function RegisterDialog({
  campaign,
  onClose,
}: {
  readonly campaign: Campaign;
  readonly onClose: () => void;
}): ReactNode {
  const register = useCommand("campaigns.register");
  const submit = async (): Promise<void> => {
    const result = await register.run({ campaignId: campaign.id });
    if (!result.ok) return;
    showToast({ words: `The plan of ${campaign.name} is registered.` });
    onClose();
  };
  return (
    <ActDialog
      title={`Register the plan of ${campaign.name}`}
      onClose={onClose}
      role="alertdialog"
      act="Register the plan"
      command={register}
      onAct={() => void submit()}
    >
      <p>
        The question, the decision rule, the models, the benchmarks, the epochs, the limits and the elicitation are
        frozen and hashed. The hash stands in the journal with the time: it shows that the plan was there before the
        results. This cannot be taken back. Who runs what, and until when, can still change.
      </p>
      <p className="ink2">
        {hasResults(campaign)
          ? "Attempts have ended already: the registration will say that it came after the first result."
          : "No attempt has ended yet: the registration will say so."}
      </p>
    </ActDialog>
  );
}
