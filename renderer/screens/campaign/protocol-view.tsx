import type { ReactNode } from "react";
import type { Campaign } from "../../../electron/contract/planning.ts";
import {
  elicitationNames,
  elicitationWords,
  limitNames,
  limitWords,
  setLimits,
  statedElicitation,
} from "../../../electron/contract/protocol.ts";
import { DescriptionList, Panel } from "../../parts/index.ts";

function Missing({ children }: { readonly children: string }): ReactNode {
  return <span className="ink3">{children}</span>;
}

/** The limits of each attempt and the elicitation that a plan names; also what it does not. */
export function ProtocolView({ campaign }: { readonly campaign: Campaign }): ReactNode {
  const { registered } = campaign;
  const limits = new Map(setLimits(campaign.limits).map(({ name, value }) => [name, value]));
  const elicitation = new Map(statedElicitation(campaign.elicitation).map(({ name, value }) => [name, value]));
  return (
    <div className="columns-2">
      <Panel
        title="Limits of each attempt"
        hint={registered === null ? "frozen when the plan is registered" : "registered with the plan"}
      >
        <DescriptionList
          items={limitNames.map((name) => ({
            term: limitWords[name].words,
            value: limits.get(name) ?? <Missing>none set</Missing>,
          }))}
        />
      </Panel>
      <Panel title="Elicitation" hint="what is done so that the model shows what it can">
        <DescriptionList
          items={elicitationNames.map((name) => ({
            term: elicitationWords[name],
            value: elicitation.get(name) ?? <Missing>not stated</Missing>,
          }))}
        />
      </Panel>
    </div>
  );
}
