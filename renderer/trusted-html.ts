declare global {
  interface Window {
    /** Chromium's Trusted Types; absent where the page's content policy does not ask for them. */
    readonly trustedTypes?: {
      createPolicy: (name: "default", rules: { createHTML: (html: string) => string }) => unknown;
    };
  }
}

// The page's content policy refuses every text that is assigned as HTML. react-aria empties its announcements by
// assigning the empty text, so that one text is let through, and no other.
window.trustedTypes?.createPolicy("default", {
  createHTML: (html) => {
    if (html !== "") throw new TypeError("This page takes no HTML.");
    return html;
  },
});

export {};
