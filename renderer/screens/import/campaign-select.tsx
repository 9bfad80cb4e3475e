import type { ReactNode } from "react";
import { Select, type Option } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";

export const noCampaign = "none";

/** The campaign of a choice; null: none. */
export function campaignIdOf(choice: string): string | null {
  return choice === noCampaign ? null : choice;
}

interface CampaignSelectProps {
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly isLow?: boolean;
}

/** Which campaign the runs go into. */
export function CampaignSelect({ value, onChange, isLow = false }: CampaignSelectProps): ReactNode {
  const campaigns = useQuery("campaigns.list", {});
  const options: readonly Option[] = [
    { id: noCampaign, label: "No campaign" },
    ...(campaigns.status === "ready" ? campaigns.data.map(({ id, name }): Option => ({ id, label: name })) : []),
  ];
  return (
    <Select
      label="Into the campaign"
      options={options}
      value={value}
      onChange={onChange}
      low={isLow}
      description={isLow ? undefined : "Runs that match a planned cell are counted there."}
    />
  );
}
