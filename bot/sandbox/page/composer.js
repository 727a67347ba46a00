// The line where a person writes: replies, edits, forced replies, reply keyboards, and the start button.
import { plainText, senderOf } from "./bubble.js";
import { h, icon } from "./dom.js";
import { Menu } from "./menu.js";

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.mode = null;
    this.dismissed = 0;
    this.menu = new Menu(this);
    const { key, title } = phone.spec;
    this.input = h("textarea", { class: "write", rows: 1, "data-testid": `composer-${key}`, "aria-label": `Tulis pesan di ${title}`, placeholder: "Tulis pesan …", maxLength: 4096 });
    this.input.addEventListener("input", () => this.fit());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.sendButton = h("button", { class: "send", type: "submit", "data-testid": `send-${key}`, "aria-label": "Kirim" }, icon("send"));
    this.context = h("div", { class: "context", hidden: true, "data-testid": `context-${key}` });
    this.keys = h("div", { class: "reply-keys", hidden: true });
    this.form = h("form", { class: "line", onsubmit: (event) => this.onSubmit(event) }, this.input, this.sendButton);
    this.startButton = h("button", { class: "start", type: "button", hidden: true, "data-testid": `start-${key}`, onclick: () => phone.do("start", { user: phone.viewer }) }, "Mulai");
    this.element = h("div", { class: "composer" }, this.menu.element, this.context, this.keys, this.form, this.startButton);
  }

  onKey(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.form.requestSubmit();
    }
    if (event.key === "Escape") this.cancel();
  }

  onSubmit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    return text ? this.submit(text) : undefined;
  }

  async submit(text) {
    const mode = this.mode ?? this.forced();
    this.input.value = "";
    this.set(null);
    this.fit();
    if (mode?.kind === "edit") {
      await this.phone.do("edit", { chat: mode.message.chat_id, message_id: mode.message.message_id, text });
    } else {
      await this.phone.write(text, mode?.message.message_id);
    }
  }

  replyTo(message) {
    this.set({ kind: "reply", message });
    this.input.focus();
  }

  edit(message) {
    this.set({ kind: "edit", message });
    this.input.value = plainText(message.raw);
    this.fit();
    this.input.focus();
  }

  cancel() {
    const forced = this.forced();
    if (!this.mode && forced) this.dismissed = forced.message.message_id;
    if (this.mode?.kind === "edit") this.input.value = "";
    this.set(null);
    this.fit();
  }

  set(mode) {
    this.mode = mode;
    this.draw();
  }

  /** The forced reply that the bot's last prompt asks for, if this person is meant. */
  forced() {
    const last = this.phone.visible().findLast((m) => m.prompt || m.raw.from?.id === this.phone.viewer);
    if (!last?.prompt?.force_reply || last.message_id === this.dismissed) return null;
    if (last.prompt.selective && !this.isMeant(last.raw)) return null;
    return { kind: "forced", message: last };
  }

  /** A selective prompt is for whom it mentions, or whose message it answers. */
  isMeant(raw) {
    const { viewer } = this.phone;
    const mentioned = raw.entities?.some((one) => one.type === "text_mention" && one.user.id === viewer);
    return mentioned || raw.reply_to_message?.from?.id === viewer;
  }

  /** Brings everything in step with the phone. */
  draw() {
    const shut = this.phone.shut();
    this.form.hidden = Boolean(shut);
    this.startButton.hidden = !shut;
    this.startButton.textContent = shut || "Mulai";
    const mode = shut ? null : (this.mode ?? this.forced());
    this.context.hidden = !mode;
    if (mode) this.drawContext(mode);
    this.input.placeholder = this.placeholder(mode);
    this.drawKeys();
  }

  placeholder(mode) {
    if (mode?.kind === "forced") {
      return mode.message.prompt.input_field_placeholder ?? `membalas ${senderOf(mode.message.raw).name} …`;
    }
    if (!this.phone.inThread()) return "Tulis pesan …";
    return this.phone.root() ? "Tulis komentar …" : "Komentari unggahan terbaru …";
  }

  drawContext({ kind, message }) {
    const name = senderOf(message.raw).name;
    const title = kind === "edit" ? "mengubah pesan" : `membalas ${name} …`;
    this.context.replaceChildren(
      icon(kind === "edit" ? "edit" : "reply"),
      h("div", { class: "context-words" }, h("strong", {}, title), h("span", {}, plainText(message.raw))),
      h("button", { class: "tool", type: "button", "aria-label": "Batal", onclick: () => this.cancel() }, icon("close")),
    );
  }

  drawKeys() {
    const last = this.phone.visible().findLast((m) => m.prompt?.keyboard || m.prompt?.remove_keyboard);
    const rows = last?.prompt.keyboard;
    this.keys.hidden = !rows;
    if (!rows) return;
    this.keys.replaceChildren(
      ...rows.map((row) => h("div", { class: "keyboard-row" }, row.map((one) => this.replyKey(one.text ?? one)))),
    );
  }

  replyKey(text) {
    return h("button", { class: "key", type: "button", onclick: () => this.phone.write(text) }, text);
  }

  fit() {
    this.menu.draw(this.input.value);
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 140)}px`;
  }
}
