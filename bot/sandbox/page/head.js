// What stands above the messages: whose phone it is, which chat, which post, what is pinned.
import { plainText } from "./bubble.js";
import { avatar, h, icon } from "./dom.js";
import { posts } from "./store.js";

/** Puts the nodes into the holder, leaving out what is not there. */
const fill = (holder, ...nodes) => holder.replaceChildren(...nodes.filter(Boolean));

export class Head {
  constructor(phone) {
    this.phone = phone;
    const { key, view } = phone.spec;
    this.caption = h("div", { class: "caption" });
    this.bar = h("header", { class: "phone-head" });
    this.places = h("div", { class: "places", role: "tablist", hidden: view !== "comments" });
    this.pinned = h("button", { class: "pinned", type: "button", hidden: true, "data-testid": `pinned-${key}` });
    this.signs = new Map();
  }

  /** Draws what changed; open menus and focus stay where nothing did. */
  draw() {
    const { phone } = this;
    const facts = this.facts(phone.chat());
    const unread = [...phone.unread];
    const all = phone.spec.view === "comments" ? posts(phone.discussion()) : [];
    const root = phone.inThread() ? phone.root()?.message_id : -1;
    this.when("caption", [phone.viewer, this.name(phone.viewer), [...phone.missed]], () => this.drawCaption());
    this.when("bar", [facts, unread], () => this.drawBar(facts));
    this.when("places", [phone.place, root, all.length, unread], () => this.drawPlaces(all));
    this.drawPinned();
  }

  when(part, facts, draw) {
    const sign = JSON.stringify(facts);
    if (this.signs.get(part) === sign) return;
    this.signs.set(part, sign);
    draw();
  }

  name(id) {
    return this.phone.store.users.get(id)?.name ?? String(id);
  }

  drawCaption() {
    const { spec, store, viewer } = this.phone;
    // What the bar or the holder says already is not said twice.
    const said = [store.chat(spec.chat).title, this.name(viewer)].includes(spec.subtitle);
    fill(this.caption, h("h2", {}, spec.title), h("p", {}, said ? "" : spec.subtitle), this.holder());
  }

  holder() {
    const { spec, viewer } = this.phone;
    const face = avatar(viewer, this.name(viewer), "avatar-small");
    if (spec.viewers.length < 2) return h("span", { class: "holder" }, face, this.name(viewer));
    const { missed } = this.phone;
    const options = spec.viewers.map((id) =>
      h("option", { value: String(id), selected: id === viewer }, missed.has(id) ? `${this.name(id)} (${missed.get(id)} baru)` : this.name(id)),
    );
    const select = h("select", { "data-testid": `viewer-${spec.key}`, "aria-label": `Pemegang telepon ${spec.title}` }, options);
    select.addEventListener("change", () => this.phone.hold(Number(select.value)));
    const mark = missed.size ? h("span", { class: "badge", "data-testid": `missed-${spec.key}`, "aria-label": "Ada pesan untuk pemegang lain" }, "•") : null;
    return h("label", { class: "holder" }, face, select, mark);
  }

  facts(chat) {
    const { phone } = this;
    if (phone.place === "private") {
      const { bot } = phone.store;
      return { id: bot.id, title: bot.name, line: "bot · pesan pribadi", isBot: true };
    }
    if (phone.inThread()) {
      const channel = phone.store.chat(phone.spec.chat);
      return { id: channel.id, title: channel.title, line: "kanal · kolom komentar" };
    }
    return { id: chat.id, title: chat.title, line: `grup · ${chat.members} anggota` };
  }

  drawBar(facts) {
    const count = this.phone.count();
    const label = `${count} belum dibaca`;
    fill(
      this.bar,
      avatar(facts.id, facts.title, facts.isBot ? "avatar-bot" : ""),
      h("div", { class: "phone-words" }, h("h3", {}, facts.title), h("p", {}, facts.line)),
      count ? h("span", { class: "badge", "data-testid": `unread-${this.phone.spec.key}`, "aria-label": label }, String(count)) : null,
    );
  }

  drawPlaces(all) {
    if (this.phone.spec.view !== "comments") return;
    fill(this.places, this.placeTab("comments", "Komentar"), this.placeTab("private", "Pesan pribadi"), this.postSwitch(all));
  }

  placeTab(place, label) {
    const { phone } = this;
    const count = phone.unread.get(place) ?? 0;
    return h(
      "button",
      {
        class: "place",
        role: "tab",
        type: "button",
        "aria-selected": String(phone.place === place),
        "data-testid": `place-${place}`,
        onclick: () => phone.go(place),
      },
      label,
      count ? h("span", { class: "badge" }, String(count)) : null,
    );
  }

  postSwitch(all) {
    const { phone } = this;
    if (all.length < 2 || !phone.inThread()) return null;
    const current = phone.root()?.message_id ?? 0;
    const choices = [[0, "Semua unggahan"], ...all.map((post) => [post.message_id, plainText(post.raw).slice(0, 48)])];
    const options = choices.map(([id, text]) => h("option", { value: String(id), selected: id === current }, text));
    const select = h("select", { class: "post-switch", "aria-label": "Pilih unggahan", "data-testid": "post-switch" }, options);
    select.addEventListener("change", () => phone.showPost(Number(select.value)));
    return select;
  }

  drawPinned() {
    const { phone } = this;
    const chat = phone.chat();
    // Under a post its text stays in sight, as a pinned message does elsewhere.
    const message = phone.inThread() ? phone.target() : chat.messages.get(chat.pinned.at(-1));
    const title = phone.inThread() ? (phone.root() ? "Unggahan" : "Unggahan terbaru") : "Pesan tersemat";
    this.pinned.hidden = !message;
    if (!message) return;
    this.pinned.onclick = () => phone.list.reveal(message.message_id);
    const words = h("span", { class: "pinned-words" }, h("strong", {}, title), h("span", {}, plainText(message.raw)));
    fill(this.pinned, icon("pin"), words);
  }
}
