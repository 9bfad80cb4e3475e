import type { ReactNode } from "react";

/** Signs are drawn, not typed: a machine without the right font still shows them. All are 12 × 12, in the text's colour. */
const drawings = {
  ok: <path d="M2.2 6.4 4.8 9l5-6.2" />,
  none: <path d="M3 6h6" />,
  limit: (
    <>
      <circle cx="6" cy="6" r="4.3" />
      <path d="M6 6V1.7A4.3 4.3 0 0 1 10.3 6Z" fill="currentColor" stroke="none" />
    </>
  ),
  fault: (
    <>
      <path d="M3 11V1.6" />
      <path d="M3 1.6h6.4L7.8 4.1l1.6 2.5H3Z" fill="currentColor" stroke="none" />
    </>
  ),
  refused: <path d="M6 1.4 10.6 6 6 10.6 1.4 6Z" />,
  invalid: (
    <>
      <circle cx="6" cy="6" r="4.3" />
      <path d="m3 9 6-6" />
    </>
  ),
  withheld: (
    <>
      <rect x="2" y="5.2" width="8" height="5.3" rx="1" />
      <path d="M3.9 5.2V3.6a2.1 2.1 0 0 1 4.2 0v1.6" />
    </>
  ),
  open: <circle cx="6" cy="6" r="3.4" strokeDasharray="1.6 1.6" />,
  unknown: <path d="M4 4.2a2 2 0 1 1 2.9 1.9c-.6.3-.9.7-.9 1.4M6 9.6v.4" />,
  warn: (
    <>
      <path d="M6 1.6 11 10.4H1Z" />
      <path d="M6 5v2.4M6 8.7v.3" />
    </>
  ),
  info: (
    <>
      <circle cx="6" cy="6" r="4.6" />
      <path d="M6 5.4v3M6 3.4v.3" />
    </>
  ),
  saved: <circle cx="6" cy="6" r="3.4" fill="currentColor" stroke="none" />,
  down: <path d="m2.6 4.4 3.4 3.4 3.4-3.4" />,
  up: <path d="m2.6 7.6 3.4-3.4 3.4 3.4" />,
  right: <path d="m4.4 2.6 3.4 3.4-3.4 3.4" />,
  left: <path d="M7.6 2.6 4.2 6l3.4 3.4" />,
  close: <path d="m2.8 2.8 6.4 6.4M9.2 2.8 2.8 9.2" />,
  search: (
    <>
      <circle cx="5.2" cy="5.2" r="3.4" />
      <path d="m7.8 7.8 2.8 2.8" />
    </>
  ),
  file: <path d="M3 1.5h4L9.5 4v6.5H3ZM6.8 1.6V4.2h2.6" />,
  plus: <path d="M6 2.4v7.2M2.4 6h7.2" />,
  eye: (
    <>
      <path d="M1 6c1.3-2.2 3-3.3 5-3.3S9.700 3.800 11 6C9.700 8.200 8 9.300 6 9.300S2.300 8.200 1 6Z" />
      <circle cx="6" cy="6" r="1.5" />
    </>
  ),
} satisfies Record<string, ReactNode>;

export type SignName = keyof typeof drawings;

/** A small drawn sign beside a word. It is hidden from assistive technology: the word says it. */
export function IconSign({ name, size = 12 }: { readonly name: SignName; readonly size?: number }): ReactNode {
  return (
    <svg
      className="sign"
      width={size}
      height={size}
      viewBox="0 0 12 12"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {drawings[name]}
    </svg>
  );
}
