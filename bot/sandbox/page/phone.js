// One phone: whose it is, which chat it shows, what happens on it.
import { act } from "./api.js";
import { Composer } from "./composer.js";
import { h } from "./dom.js";
import { Head } from "./head.js";
import { MessageList } from "./list.js";
import { posts, thread } from "./store.js";
import { alertBox, toast } from "./toast.js";

export class Phone {
  constructor(spec, store) {
    this.spec = spec;
    this.store = store;
    this.viewer = spec.viewers[0];
    this.place = spec.view;
    this.rootId = 0;
    this.unread = new Map();
    /** Viewer id to messages of the bot that came while somebody else held this phone. */
    this.missed = new Map();
    this.pressed = new Map();
    this.onUnread = () => {};
    this.isActive = () => true;
    this.list = new MessageList(this);
    this.composer = new Composer(this);
    this.head = new Head(this);
    this.build();
  }

  build() {
    const { key, title, view } = this.spec;
    this.toasts = h("div", { class: "toasts", role: "status", "aria-live": "assertive" });
    this.screen = h(
      "div",
      { class: "screen" },
      this.head.bar,
      this.head.places,
      this.head.pinned,
      this.list.element,
      this.toasts,
      this.composer.element,
    );
    const facts = { class: `phone phone-${view}`, "data-testid": `phone-${key}`, "aria-label": `Telepon ${title}` };
    this.element = h("article", facts, this.head.caption, this.screen);
    for (const kind of ["pointerdown", "focusin", "pointerenter"]) {
      this.element.addEventListener(kind, () => this.attend());
    }
  }

  inThread() {
    return this.place === "comments";
  }

  discussion() {
    return this.store.chat(this.store.chat(this.spec.chat).linked);
  }

  /** The chat on the screen: the discussion for comments, the viewer's own for private talk. */
  chat() {
    if (this.place === "private") return this.store.chat(this.viewer);
    return this.inThread() ? this.discussion() : this.store.chat(this.spec.chat);
  }

  /** The post whose thread is shown; null when all posts and comments are shown in one stream. */
  root() {
    const all = posts(this.discussion());
    if (all.length < 2) return all[0] ?? null;
    return all.find((message) => message.message_id === this.rootId) ?? null;
  }

  /** The post that a new comment goes under: that of the message replied to, the shown one, or the latest. */
  target(replyTo) {
    const all = posts(this.discussion());
    const thread = this.discussion().messages.get(replyTo)?.raw.message_thread_id ?? replyTo;
    return all.find((post) => post.message_id === thread) ?? this.root() ?? all.at(-1);
  }

  visible() {
    if (!this.inThread()) return [...this.chat().messages.values()];
    const root = this.root();
    return root ? [root, ...thread(this.chat(), root.message_id)] : [...this.chat().messages.values()];
  }

  /** What the start button says when the person cannot write yet, else nothing. */
  shut() {
    if (this.place !== "private") return "";
    const user = this.store.users.get(this.viewer);
    if (user?.blocked) return "Buka blokir";
    return user?.started ? "" : "Mulai";
  }

  draw() {
    const messages = this.visible();
    this.head.draw();
    const place = `${this.place}:${this.viewer}:${this.inThread() ? (this.root()?.message_id ?? 0) : ""}`;
    this.list.show(messages, place, this.inThread() ? "Belum ada unggahan." : "Belum ada pesan.");
    this.composer.draw();
  }

  hold(viewer) {
    this.viewer = viewer;
    this.list.place = "";
    this.composer.set(null);
    this.unread.delete("private");
    this.missed.delete(viewer);
    this.draw();
  }

  go(place) {
    this.place = place;
    this.composer.set(null);
    this.attend();
    this.draw();
  }

  showPost(rootId) {
    this.rootId = rootId;
    this.place = "comments";
    this.draw();
  }

  reveal(id) {
    this.list.reveal(id);
  }

  /** A new message anywhere: counts it when it belongs here and nobody looks. */
  arrived(message) {
    if (this.isForAnother(message)) return this.miss(message.chat_id);
    const place = this.placeOf(message);
    if (!place || message.raw.from?.id === this.viewer) return;
    const isBot = message.raw.from?.id === this.store.bot.id;
    if (isBot && !message.silent) this.ring();
    if (place === this.place && this.attended) return;
    if (place === "comments" && !isBot) return;
    this.unread.set(place, (this.unread.get(place) ?? 0) + 1);
    this.onUnread();
  }

  isForAnother(message) {
    const { view, viewers } = this.spec;
    if (view !== "private" || message.raw.from?.id !== this.store.bot.id) return false;
    return message.chat_id !== this.viewer && viewers.includes(message.chat_id);
  }

  miss(viewer) {
    this.missed.set(viewer, (this.missed.get(viewer) ?? 0) + 1);
    this.head.draw();
  }

  placeOf(message) {
    if (this.spec.view !== "group" && message.chat_id === this.viewer) return "private";
    if (this.spec.view === "group" && message.chat_id === this.spec.chat) return "group";
    const isDiscussion = this.spec.view === "comments" && message.chat_id === this.store.chat(this.spec.chat).linked;
    return isDiscussion ? "comments" : "";
  }

  ring() {
    this.screen.classList.remove("ringing");
    requestAnimationFrame(() => this.screen.classList.add("ringing"));
  }

  get attended() {
    return this.isActive() && !document.hidden && this.element.matches(":hover, :focus-within");
  }

  attend() {
    if (!this.unread.delete(this.place)) return;
    this.onUnread();
    this.draw();
  }

  count() {
    return [...this.unread.values()].reduce((sum, one) => sum + one, 0);
  }

  async do(deed, body) {
    try {
      return await act(deed, body);
    } catch (error) {
      toast(this.toasts, error.message, "bad");
      return null;
    }
  }

  write(text, replyTo) {
    const post = this.inThread() ? this.target(replyTo) : null;
    if (!post) return this.do("say", { user: this.viewer, chat: this.chat().id, text, reply_to: replyTo });
    const origin = post.raw.forward_origin;
    return this.do("comment", { user: this.viewer, chat: origin.chat.id, post: origin.message_id, text, reply_to: replyTo });
  }

  async press(element, message, data) {
    element.classList.add("waiting");
    const made = await this.do("press", { user: this.viewer, chat: message.chat_id, message_id: message.message_id, data });
    if (!made) return element.classList.remove("waiting");
    this.pressed.set(made.press, element);
    setTimeout(() => this.settle(made.press), 10_000);
    const early = this.store.answers.get(made.press);
    return early ? this.answered(early) : undefined;
  }

  settle(id) {
    this.pressed.get(id)?.classList.remove("waiting");
    this.pressed.delete(id);
  }

  answered(press) {
    if (!this.pressed.has(press.id)) return;
    this.settle(press.id);
    if (press.url) window.open(press.url, "_blank", "noopener");
    if (!press.text) return;
    if (press.alert) alertBox(this.screen, press.text);
    else toast(this.toasts, press.text);
  }
}
