import type { ReactElement, ReactNode } from "react";
import { Focusable, Tooltip as AriaTooltip, TooltipTrigger } from "react-aria-components";
import "./tooltip.css";

export interface TooltipProps {
  readonly words: string;
  /** A button, a link, or any element that can take focus once it is given `tabIndex`. */
  readonly children: ReactElement<Record<string, unknown>, string>;
}

/** A short explanation at a thing that is pointed at or focused. Never the only place where something is said. */
export function Tooltip({ words, children }: TooltipProps): ReactNode {
  return (
    <TooltipTrigger delay={400} closeDelay={0}>
      <Focusable>{children}</Focusable>
      <AriaTooltip className="tooltip" offset={6}>
        {words}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
