// On a small screen one phone at a time, with tabs along the bottom.
import { avatar, h, icon } from "./dom.js";

const ICONS = { comments: "chat", group: "people" };

export class Tabs {
  constructor(nav, phones, panel) {
    this.phones = phones;
    this.panel = panel;
    this.buttons = new Map();
    for (const phone of phones) this.add(nav, phone.spec.key, sign(phone), phone.spec.title);
    this.add(nav, "panel", icon("sliders"), "Panggung");
    this.choose(phones[0]?.spec.key ?? "panel");
  }

  add(nav, key, mark, label) {
    const badge = h("span", { class: "badge", hidden: true, "data-testid": `tab-unread-${key}` });
    const button = h("button", { class: "tab", type: "button", "data-testid": `tab-${key}`, onclick: () => this.choose(key) }, h("span", { class: "tab-icon" }, mark), h("span", { class: "tab-label" }, label), badge);
    this.buttons.set(key, { button, badge });
    nav.append(button);
  }

  choose(key) {
    this.active = key;
    for (const [name, { button }] of this.buttons) button.setAttribute("aria-current", String(name === key));
    this.panel.element.classList.toggle("shown", key === "panel");
    for (const phone of this.phones) {
      phone.element.classList.toggle("shown", phone.spec.key === key);
      if (phone.spec.key !== key) continue;
      phone.attend();
      phone.list.toEnd(false);
    }
  }

  count() {
    for (const phone of this.phones) {
      const { badge } = this.buttons.get(phone.spec.key);
      const count = phone.count();
      badge.hidden = !count;
      badge.textContent = String(count);
    }
  }
}

/** A phone with one holder wears the holder's face. */
function sign(phone) {
  const { viewers, view } = phone.spec;
  if (ICONS[view]) return icon(ICONS[view]);
  return avatar(viewers[0], phone.store.users.get(viewers[0])?.name ?? "?", "avatar-small");
}
