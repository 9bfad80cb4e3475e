import type { ReactNode } from "react";
import { ListBox, ListBoxItem, Text } from "react-aria-components";
import { IconSign } from "../../parts/index.ts";

interface ListedSection {
  readonly id: string;
  readonly heading: string;
  readonly portion: string;
  readonly isEmpty: boolean;
  /** Words that the wording check would rather not see. */
  readonly warnings: number;
}

function detail({ portion, isEmpty, warnings }: ListedSection): string {
  const parts = [
    portion,
    isEmpty ? "empty" : "",
    warnings === 0 ? "" : `${String(warnings)} ${warnings === 1 ? "word" : "words"} to look at`,
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

interface SectionListProps {
  readonly sections: readonly ListedSection[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
}

/** The sections in their order; arrow keys move, the one in focus is the one in hand. */
export function SectionList({ sections, selected, onSelect }: SectionListProps): ReactNode {
  return (
    <div className="panel report-sections">
      <ListBox
        aria-label="Sections"
        items={sections}
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={[selected]}
        onSelectionChange={(keys) => {
          const [id] = keys === "all" ? [] : [...keys];
          if (id !== undefined) onSelect(String(id));
        }}
      >
        {(section) => (
          <ListBoxItem id={section.id} className="report-section" textValue={section.heading}>
            <Text slot="label">{section.heading}</Text>
            {detail(section) === "" ? null : (
              <Text slot="description" className="small report-section-detail">
                {section.warnings > 0 ? <IconSign name="warn" size={10} /> : null}
                {detail(section)}
              </Text>
            )}
          </ListBoxItem>
        )}
      </ListBox>
    </div>
  );
}
