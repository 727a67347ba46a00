// The message list of a phone: keeps the elements in step with the messages and scrolls as a reader expects.
import { bubble, senderOf } from "./bubble.js";
import { h, icon } from "./dom.js";
import { day } from "./time.js";

const SHOWN = 200;
const NEAR = 80;
const TOGETHER = 300;

export class MessageList {
  constructor(phone) {
    this.phone = phone;
    this.items = new Map();
    this.place = "";
    this.list = h("ol", { class: "messages", "data-testid": `messages-${phone.spec.key}`, role: "log", "aria-live": "polite", tabindex: "0", "aria-label": `Pesan ${phone.spec.title}` });
    this.jump = h("button", { class: "jump", type: "button", hidden: true, "aria-label": "Ke pesan terbaru", onclick: () => this.toEnd(true) }, icon("down"));
    this.list.addEventListener("scroll", () => (this.jump.hidden = this.atEnd()), { passive: true });
    this.element = h("div", { class: "scroll" }, this.list, this.jump);
  }

  atEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR;
  }

  toEnd(smooth) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.list.scrollTo({ top: this.list.scrollHeight, behavior: smooth && !calm ? "smooth" : "instant" });
  }

  /** Shows these messages; `place` names the chat, and another place starts afresh at its end. */
  show(messages, place, emptyText) {
    const fresh = place !== this.place;
    if (fresh) {
      this.items.clear();
      this.list.replaceChildren();
      this.place = place;
    }
    const stay = this.atEnd();
    const grown = this.reconcile(messages.slice(-SHOWN));
    this.group();
    this.empty(messages.length === 0, emptyText);
    if (fresh) this.toEnd(false);
    else if (grown && (stay || grown === "own")) this.toEnd(true);
    this.jump.hidden = this.atEnd();
  }

  reconcile(messages) {
    const wanted = new Set(messages.map((message) => message.message_id));
    for (const [id, item] of this.items) {
      if (wanted.has(id)) continue;
      item.element.remove();
      this.items.delete(id);
    }
    let grown = "";
    for (const message of messages) {
      const known = this.items.get(message.message_id);
      if (known?.message === message) continue;
      const element = bubble(message, this.phone);
      if (known) known.element.replaceWith(element);
      else {
        this.list.append(element);
        grown = element.classList.contains("own") ? "own" : grown || "other";
      }
      this.items.set(message.message_id, { message, element });
    }
    return grown;
  }

  /** Days get a line; what one person writes in a row stands together. */
  group() {
    for (const line of this.list.querySelectorAll(".day")) line.remove();
    let before = null;
    for (const { message, element } of this.items.values()) {
      const { raw } = message;
      const today = day(raw.date);
      const newDay = before?.today !== today;
      if (newDay) element.before(h("li", { class: "day" }, h("span", {}, today)));
      const together = !newDay && before.sender === senderOf(raw).id && raw.date - before.date < TOGETHER;
      element.classList.toggle("follows", Boolean(together) && !before.service);
      before = { today, sender: senderOf(raw).id, date: raw.date, service: element.classList.contains("service") };
    }
  }

  empty(isEmpty, text) {
    this.list.querySelector(".empty")?.remove();
    if (isEmpty) this.list.append(h("li", { class: "empty" }, text));
  }

  reveal(id) {
    const item = this.items.get(id);
    if (!item) return;
    item.element.scrollIntoView({ block: "center", behavior: "smooth" });
    item.element.classList.remove("shine");
    requestAnimationFrame(() => item.element.classList.add("shine"));
  }
}
