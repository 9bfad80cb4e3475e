import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components";
import type { VaultState } from "../../electron/contract/vault.ts";
import { classes } from "../parts/index.ts";
import { navigate, useView } from "../state/view.ts";
import { sectionGroups, type Section } from "./sections.ts";

type Counts = Extract<VaultState, { open: true }>["counts"];

function NavigationLink({ section, counts }: { readonly section: Section; readonly counts: Counts }): ReactNode {
  const isHere = useView(({ place }) => place.screen === section.screen || section.holds.includes(place.screen));
  return (
    <li>
      <AriaButton
        className={classes("nav-link", isHere && "here")}
        {...(isHere ? { "aria-current": "page" } : {})}
        onPress={() => {
          navigate(section.screen);
        }}
      >
        <span>{section.words}</span>
        {section.count === null ? null : (
          <span className="nav-count">{counts[section.count].toLocaleString("en")}</span>
        )}
      </AriaButton>
    </li>
  );
}

/** Where one can go, with how much there is. */
export function Navigation({ counts }: { readonly counts: Counts }): ReactNode {
  return (
    <nav className="navigation" aria-label="Sections">
      {sectionGroups.map((group) => (
        <div key={group.words ?? "first"} className="nav-group">
          {group.words === null ? null : <h2>{group.words}</h2>}
          <ul>
            {group.sections.map((section) => (
              <NavigationLink key={section.screen} section={section} counts={counts} />
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
