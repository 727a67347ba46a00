// One message as a bubble.
import { avatar, h, icon } from "./dom.js";
import { clock } from "./time.js";
import { rich } from "./text.js";

const MEDIA = { photo: "🖼 Foto", document: "📄", voice: "🎤 Pesan suara", video: "🎬 Video", sticker: "" };

export function senderOf(raw) {
  if (raw.sender_chat) return { id: raw.sender_chat.id, name: raw.sender_chat.title ?? "Kanal" };
  const from = raw.from ?? raw.chat;
  return { id: from.id, name: [from.first_name ?? from.title, from.last_name].filter(Boolean).join(" ") };
}

export function plainText(raw) {
  return raw.text ?? raw.caption ?? mediaName(raw) ?? "";
}

function mediaName(raw) {
  const kind = Object.keys(MEDIA).find((name) => raw[name]);
  if (!kind) return null;
  if (kind === "document") return `${MEDIA.document} ${raw.document.file_name ?? "Dokumen"}`;
  return kind === "sticker" ? raw.sticker.emoji : MEDIA[kind];
}

/** What Telegram shows as a small line in the middle; null for an ordinary message. */
function serviceLine(raw) {
  const who = senderOf(raw).name;
  if (raw.new_chat_members) return `${raw.new_chat_members.map((u) => u.first_name).join(", ")} bergabung`;
  if (raw.left_chat_member) return `${raw.left_chat_member.first_name} keluar`;
  if (raw.pinned_message) return `${who} menyematkan “${plainText(raw.pinned_message).slice(0, 40)}”`;
  if (raw.migrate_to_chat_id || raw.migrate_from_chat_id) return "Grup pindah menjadi supergrup";
  return null;
}

/** `phone` gives viewer, actions and the press in progress. */
export function bubble(message, phone) {
  const { raw } = message;
  const service = serviceLine(raw);
  if (service) return h("li", { class: "service", "data-testid": "service" }, h("span", {}, service));
  const sender = senderOf(raw);
  const own = raw.from?.id === phone.viewer && !raw.sender_chat;
  const isBot = raw.from?.id === phone.store.bot.id;
  const classes = ["message", own ? "own" : "other", isBot ? "bot" : "", raw.is_automatic_forward ? "post" : ""];
  const item = h("li", {
    class: classes.join(" "),
    "data-testid": "message",
    "data-message-id": String(message.message_id),
    "data-sender": String(sender.id),
  });
  if (!own) item.append(avatar(sender.id, sender.name, isBot ? "avatar-bot" : ""));
  const body = h("div", { class: "bubble", tabindex: "-1" }, head(sender, raw, own, phone), quote(raw, phone), content(raw), foot(message));
  body.append(tools(message, phone, own));
  item.append(h("div", { class: "column" }, body, keyboard(message, phone), reactions(message)));
  return item;
}

function head(sender, raw, own, phone) {
  const parts = [];
  if (!own) parts.push(h("span", { class: `name ${tone(raw, phone)}` }, sender.name));
  if (raw.from?.is_bot && !raw.sender_chat) parts.push(h("span", { class: "chip" }, "bot"));
  if (raw.forward_origin && !raw.is_automatic_forward) parts.push(h("span", { class: "forwarded" }, forwardedFrom(raw)));
  return parts.length ? h("div", { class: "head" }, parts) : null;
}

function forwardedFrom({ forward_origin: origin }) {
  const chat = origin.chat ?? origin.sender_chat;
  const name = chat?.title ?? origin.sender_user?.first_name ?? origin.sender_user_name;
  return `diteruskan dari ${name}`;
}

function tone(raw, phone) {
  return raw.from?.id === phone.store.bot.id ? "name-bot" : `hue-${Math.abs(senderOf(raw).id) % 8}`;
}

function quote(raw, phone) {
  const target = raw.reply_to_message;
  // In one post's thread the post stands above; quoting it in every comment says nothing.
  if (!target || (target.is_automatic_forward && phone.root())) return null;
  const text = raw.quote?.text ?? plainText(target);
  return h(
    "button",
    { class: "quote", type: "button", onclick: () => phone.reveal(target.message_id) },
    h("span", { class: `name ${tone(target, phone)}` }, senderOf(target).name),
    h("span", { class: "quote-text" }, text || "…"),
  );
}

function content(raw) {
  const media = mediaName(raw);
  const text = raw.text ?? raw.caption;
  const entities = raw.entities ?? raw.caption_entities;
  return h(
    "div",
    { class: raw.sticker ? "text sticker" : "text", dir: "auto" },
    media && h("span", { class: raw.sticker ? "" : "media" }, media),
    text ? rich(text, entities) : null,
  );
}

function foot(message) {
  const { raw } = message;
  return h(
    "span",
    { class: "foot" },
    raw.edit_date ? h("span", { class: "edited", title: message.versions.join("\n— ") }, "diubah") : null,
    message.silent ? h("span", { class: "silent", title: "tanpa bunyi" }, "🔕") : null,
    h("time", {}, clock(raw.date)),
  );
}

function tools(message, phone, own) {
  const tool = (name, label, onclick) =>
    h("button", { class: "tool", type: "button", title: label, "aria-label": label, onclick }, icon(name));
  return h(
    "div",
    { class: "tools" },
    tool("reply", "Balas", () => phone.composer.replyTo(message)),
    own ? tool("edit", "Ubah", () => phone.composer.edit(message)) : null,
    own
      ? tool("trash", "Hapus", () => phone.do("delete", { chat: message.chat_id, message_id: message.message_id }))
      : null,
  );
}

function keyboard(message, phone) {
  const rows = message.raw.reply_markup?.inline_keyboard;
  if (!rows) return null;
  return h(
    "div",
    { class: "keyboard", role: "group", "aria-label": "Tombol" },
    rows.map((row) => h("div", { class: "keyboard-row" }, row.map((button) => key(button, message, phone)))),
  );
}

function key(button, message, phone) {
  const style = button.style ? `key key-${button.style}` : "key";
  if (button.url) {
    return h("a", { class: `${style} key-link`, href: button.url, target: "_blank", rel: "noopener noreferrer" }, button.text);
  }
  if (button.copy_text) {
    const copy = () => navigator.clipboard?.writeText(button.copy_text.text);
    return h("button", { class: style, type: "button", onclick: copy }, button.text);
  }
  const element = h("button", { class: style, type: "button" }, button.text);
  element.addEventListener("click", () => phone.press(element, message, button.callback_data));
  return element;
}

function reactions(message) {
  if (!message.reactions.length) return null;
  return h("div", { class: "reactions" }, message.reactions.map((one) => h("span", {}, one.emoji ?? "★")));
}
