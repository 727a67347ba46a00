// The panel behind the stage: write as a citizen, move the clock, break the network, block the bot.
import { act } from "./api.js";
import { plainText } from "./bubble.js";
import { h } from "./dom.js";
import { posts } from "./store.js";
import { clock, day, StageClock } from "./time.js";

const JUMPS = [
  [60, "+1 menit"],
  [300, "+5 menit"],
  [900, "+15 menit"],
  [3600, "+1 jam"],
];
const FAULTS = [
  ["error_500", "Server Telegram gagal", "Tidak ada yang terkirim.", {}],
  ["reset_before", "Putus sebelum sampai", "Tidak ada yang terkirim.", {}],
  ["reset_after", "Jawaban hilang", "Pesan terkirim, tetapi bot tidak diberi tahu.", { method: "sendMessage" }],
  ["slow", "Lambat 3 detik", "Setiap jawaban datang 3 detik kemudian.", { seconds_slow: 3 }],
  ["flood", "Grup tim ditahan", "Sekali saja: Telegram menyuruh menunggu 30 detik.", { method: "sendMessage", retry_after: 30, times: 1 }],
];

export class Panel {
  constructor(element, store) {
    this.element = element;
    this.store = store;
    this.time = new StageClock();
    this.note = h("p", { class: "panel-note", role: "status", "data-testid": "panel-note" });
    this.element.append(this.writeCard(), this.clockCard(), this.troubleCard(), this.note);
    setInterval(() => this.tick(), 1000);
  }

  async do(deed, body) {
    try {
      this.note.textContent = "";
      return await act(deed, body);
    } catch (error) {
      this.note.textContent = error.message;
      return null;
    }
  }

  writeCard() {
    this.who = h("select", { "data-testid": "write-as", "aria-label": "Sebagai" });
    this.where = h("select", { "data-testid": "write-where", "aria-label": "Di mana" });
    this.what = h("textarea", { rows: 3, "data-testid": "write-text", "aria-label": "Isi", placeholder: "Apa kata warga?", maxLength: 4096 });
    const send = h("button", { class: "wide", type: "submit", "data-testid": "write-send" }, "Kirim sebagai warga");
    this.samples = h("div", { class: "samples" });
    const form = h(
      "form",
      { onsubmit: (event) => this.write(event) },
      h("label", { class: "field" }, h("span", {}, "Sebagai"), this.who),
      h("label", { class: "field" }, h("span", {}, "Di"), this.where),
      this.what,
      this.samples,
      send,
    );
    return card("Tulis sebagai warga", form);
  }

  async write(event) {
    event.preventDefault();
    const text = this.what.value.trim();
    if (!text) return;
    const user = Number(this.who.value);
    const [kind, chat, post] = this.where.value.split(":");
    const deeds = {
      comment: ["comment", { user, chat: Number(chat), post: Number(post), text }],
      private: ["say", { user, chat: user, text }],
      publish: ["publish", { chat: Number(chat), text }],
    };
    if (await this.do(...deeds[kind])) this.what.value = "";
  }

  clockCard() {
    this.clockBig = h("time", { class: "clock-big" }, "--.--");
    this.clockDay = h("span", { class: "clock-day" });
    this.jumps = h(
      "div",
      { class: "jumps" },
      JUMPS.map(([seconds, label]) =>
        h("button", { type: "button", "data-testid": `advance-${seconds}`, onclick: () => this.do("advance", { seconds }) }, label),
      ),
    );
    return card("Majukan jam", h("p", { class: "clock-line" }, this.clockBig, this.clockDay), this.jumps);
  }

  troubleCard() {
    this.switches = new Map();
    this.pending = new Set();
    const rows = FAULTS.map(([kind, label, hint, more]) => this.toggle(`fault-${kind}`, label, hint, (on) => this.breakIt(kind, on, more)));
    const pace = this.toggle("limits", "Batas laju Telegram", "Antara lain 20 pesan per menit di grup.", (on) => this.pace(on));
    this.blockRow = this.toggle("block-on-call", "Piket memblokir bot", "Pesan pribadi ke piket ditolak.", (on) => this.block(on));
    return card("Ganggu jaringan", h("div", { class: "switches" }, rows, pace, this.blockRow));
  }

  async breakIt(kind, on, more) {
    const chat = kind === "flood" ? { chat_id: this.store.state.phones.find((p) => p.view === "group")?.chat } : {};
    const told = this.store.faultsTold;
    const made = await this.do("faults", on ? { kind, ...more, ...chat } : { clear: kind });
    // The answer may come after the news of it, which may by then be newer.
    if (made && this.store.faultsTold === told) this.store.state.faults = made.faults;
  }

  async block(blocked) {
    const id = this.store.state.on_call;
    const made = await this.do("block", { user: id, blocked });
    if (made) this.store.user({ ...this.store.users.get(id), user_id: id, blocked: made.blocked });
  }

  async pace(on) {
    const made = await this.do("limits", { on });
    if (made) this.store.state.limits = made.on;
  }

  toggle(name, label, hint, onChange) {
    const input = h("input", { type: "checkbox", role: "switch", "data-testid": name, "aria-label": label });
    input.addEventListener("change", async () => {
      this.pending.add(input);
      await onChange(input.checked);
      this.pending.delete(input);
      this.refresh();
    });
    this.switches.set(name, input);
    return h("label", { class: "switch", title: hint }, h("span", { class: "switch-words" }, h("b", {}, label), h("small", {}, hint)), input, h("i", { "aria-hidden": "true" }));
  }

  /** Everything anew from the state. */
  load() {
    const { state } = this.store;
    const citizens = state.phones.find((phone) => phone.view === "comments")?.viewers ?? [];
    this.who.replaceChildren(...citizens.map((id) => h("option", { value: String(id) }, this.store.users.get(id)?.name ?? String(id))));
    this.samples.replaceChildren(...(state.samples ?? []).map((text) => this.sample(text)));
    this.jumps.hidden = !state.can_advance;
    const name = this.store.users.get(state.on_call)?.name;
    this.blockRow.hidden = !name;
    this.blockRow.querySelector("b").textContent = `${name ?? ""} memblokir bot`;
    this.time.set(state.now);
    this.refresh();
    this.tick();
  }

  sample(text) {
    const fill = () => {
      this.what.value = text;
      this.what.focus();
    };
    return h("button", { class: "sample", type: "button", title: text, onclick: fill }, text);
  }

  /** What changes with the world: posts, faults, who blocks, the clock. */
  refresh() {
    const { state } = this.store;
    const channelId = state.phones.find((phone) => phone.view === "comments")?.chat;
    const all = channelId ? posts(this.store.chat(this.store.chat(channelId).linked)) : [];
    const sign = all.map((post) => post.message_id).join();
    if (sign !== this.sign) this.places(all, channelId, sign);
    const broken = new Set(state.faults.map((fault) => fault.kind));
    for (const [kind] of FAULTS) this.turn(`fault-${kind}`, broken.has(kind));
    this.turn("block-on-call", Boolean(this.store.users.get(state.on_call)?.blocked));
    this.turn("limits", Boolean(state.limits));
  }

  /** Shows a switch as the server has it, unless the person has just moved it. */
  turn(name, on) {
    const input = this.switches.get(name);
    if (!this.pending.has(input)) input.checked = on;
  }

  places(all, channelId, sign) {
    this.sign = sign;
    const option = (value, text) => h("option", { value }, text);
    const comments = all.toReversed().map(({ raw }) => {
      const origin = raw.forward_origin;
      return option(`comment:${origin.chat.id}:${origin.message_id}`, plainText(raw).slice(0, 48));
    });
    const rest = [option("private::", "(pesan pribadi ke bot)")];
    if (channelId) rest.push(option(`publish:${channelId}:`, "(unggahan baru di kanal)"));
    this.where.replaceChildren(...comments, ...rest);
  }

  tick() {
    if (!this.time.base) return;
    const now = this.time.now();
    this.clockBig.textContent = clock(now);
    this.clockDay.textContent = day(now);
    document.getElementById("clock-top").textContent = clock(now);
  }
}

function card(title, ...children) {
  return h("section", { class: "card" }, h("h2", {}, title), children);
}
