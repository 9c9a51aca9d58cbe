/** The island's part of a page as comparable text, from the page in the window or from the server's HTML. */
import type { Page } from "@playwright/test";

/** From the page in the window. */
export async function drawnByIsland(page: Page): Promise<string> {
  return page.evaluate(normalised, null);
}

/** From HTML as the server sent it; parsed by the same browser, run by nobody. */
export async function drawnByServer(page: Page, html: string): Promise<string> {
  return page.evaluate(normalised, html);
}

/**
 * One line for each element and text of `<main>`. Left out is what only one side can have: the loader's marks, the
 * field in which the island carries answers along, the `tabindex` of a heading that was given the focus, and the foot
 * that says what the phone keeps, of which the server knows nothing.
 */
function normalised(html: string | null): string {
  const page = html === null ? document : new DOMParser().parseFromString(html, "text/html");
  const lines: string[] = [];
  const write = (node: Node, depth: number): void => {
    const indent = "  ".repeat(depth);
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node.textContent ?? "";
      if (text !== "") lines.push(`${indent}${JSON.stringify(text)}`);
      return;
    }
    if (!(node instanceof Element)) return;
    if (node.matches('input[type=hidden][name="answers"], #kept')) return;
    const inside = node.matches("leptos-island, leptos-children, .questionnaire");
    if (!inside) {
      const attributes = [...node.attributes]
        .filter(({ name, value }) => !(value === "" && ["class", "style"].includes(name)))
        .filter(({ name }) => !(name === "tabindex" && node.matches("h1")) && !name.startsWith("data-hk"))
        .map(({ name, value }) => `${name}=${JSON.stringify(name === "class" ? value.trim().split(/\s+/).join(" ") : value)}`)
        .sort();
      lines.push(`${indent}<${[node.localName, ...attributes].join(" ")}>`);
    }
    const copy = node.cloneNode(true);
    for (const child of [...copy.childNodes]) if (child.nodeType === Node.COMMENT_NODE) child.remove();
    copy.normalize();
    for (const child of copy.childNodes) write(child, inside ? depth : depth + 1);
  };
  for (const child of page.querySelector("main")?.childNodes ?? []) write(child, 0);
  return lines.join("\n");
}
