// Text with entities to safe nodes. Offsets count UTF-16 units, as JavaScript strings do.
import { h } from "./dom.js";

const PLAIN = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  blockquote: "blockquote",
};

const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);

/** A fragment of the text with its entities, nested ones inside outer ones. */
export function rich(text, entities = []) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return build(text, sorted, 0, text.length);
}

function build(text, entities, from, to) {
  const fragment = document.createDocumentFragment();
  let at = from;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const end = Math.min(entity.offset + entity.length, to);
    index += 1;
    if (entity.offset < at || entity.offset >= to) continue;
    const inner = [];
    while (index < entities.length && entities[index].offset < end) inner.push(entities[index++]);
    fragment.append(text.slice(at, entity.offset));
    fragment.append(wrap(entity, text.slice(entity.offset, end), build(text, inner, entity.offset, end)));
    // A block stands on its own lines already, so the line break after it would show as an empty line.
    at = BLOCKS.has(entity.type) && text[end] === "\n" ? end + 1 : end;
  }
  fragment.append(text.slice(at, to));
  return fragment;
}

function wrap(entity, raw, children) {
  if (PLAIN[entity.type]) return h(PLAIN[entity.type], {}, children);
  if (entity.type === "pre") return h("pre", {}, h("code", {}, children));
  if (entity.type === "expandable_blockquote") return folded(children);
  if (entity.type === "spoiler") return spoiler(children);
  if (entity.type === "text_link") return link(entity.url, children);
  if (entity.type === "url") return link(/^[a-z]+:/i.test(raw) ? raw : `https://${raw}`, children);
  return h("span", { class: `entity entity-${entity.type}` }, children);
}

function link(address, children) {
  // Only web addresses become links; whatever else a text holds stays text.
  if (!/^https?:\/\//i.test(address)) return h("span", { class: "entity", title: address }, children);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer", title: address }, children);
}

/** Three lines of it are seen until it is tapped, as in Telegram. */
function folded(children) {
  const facts = { class: "folded", role: "button", tabindex: "0", "aria-expanded": "false", title: "Ketuk untuk membuka atau menutup" };
  const node = h("blockquote", facts, h("div", { class: "folded-words" }, children));
  const turn = () => node.setAttribute("aria-expanded", String(node.getAttribute("aria-expanded") === "false"));
  // A link inside opens, and words that are being marked stay marked.
  node.addEventListener("click", (event) => !event.target.closest("a") && !String(getSelection()) && turn());
  node.addEventListener("keydown", (event) => event.key === "Enter" && turn());
  return node;
}

function spoiler(children) {
  const node = h("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Tampilkan" }, children);
  const show = () => node.classList.add("shown");
  node.addEventListener("click", show);
  node.addEventListener("keydown", (event) => event.key === "Enter" && show());
  return node;
}
