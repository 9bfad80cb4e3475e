import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { MarkdownText } from "../../../renderer/parts/markdown-text.tsx";

function html(markdown: string): string {
  return renderToStaticMarkup(
    <MarkdownText markdown={markdown} block={(kind, id) => <hr data-kind={kind} data-id={id} />} />,
  );
}

describe("Markdown on the screen", () => {
  it("writes the usual marks", () => {
    const page = html(
      "# Head\n\nA **bold** and *plain* word, `code`.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    );
    for (const part of [
      "<h3>Head</h3>",
      "<strong>bold</strong>",
      "<em>plain</em>",
      "<code>code</code>",
      "<li>one</li>",
      "<td>2</td>",
    ]) {
      expect(page).toContain(part);
    }
  });

  it("leaves HTML as text", () => {
    const page = html('<img src=x onerror="alert(1)"> <script>alert(1)</script>\n\n<iframe src="//x"></iframe>');
    expect(page).not.toMatch(/<(img|script|iframe)/);
    expect(page).toContain("&lt;script&gt;");
  });

  it("shows a link's address and leads nowhere, whatever the address", () => {
    const page = html("[see](https://example.org/a) and [bad](javascript:alert(1)) ![pic](https://example.org/p.png)");
    expect(page).not.toMatch(/<(a|img)\b/);
    expect(page).toContain("https://example.org/a");
    expect(page).not.toContain("src=");
  });

  it("places a block where a line names it alone, and nowhere else", () => {
    const page = html("Before\n\n[[figure:matrix]]\n\nIn a line [[table:rates]] it is text.");
    expect(page).toContain('data-kind="figure" data-id="matrix"');
    expect(page).not.toContain('data-kind="table"');
    expect(page.indexOf("Before")).toBeLessThan(page.indexOf("matrix"));
  });
});
