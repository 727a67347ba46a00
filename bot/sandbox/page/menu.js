// The bot's command menu: what it offers in this chat, as the person types a slash.
import { h } from "./dom.js";

/** The narrowest menu that the bot has set for a chat; scopes are "type" or "type:chat". */
export function commandsFor(menus, chat) {
  const kind = chat.type === "private" ? "all_private_chats" : "all_group_chats";
  const scopes = [`chat:${chat.id}`, `chat_administrators:${chat.id}`, kind, "default"];
  const languages = ["id", ""];
  for (const scope of scopes) {
    for (const language of languages) {
      const menu = menus.find((one) => one.scope === scope && one.language === language);
      if (menu?.commands.length) return menu.commands;
    }
  }
  return [];
}

export class Menu {
  constructor(composer) {
    this.composer = composer;
    this.element = h("div", { class: "menu", role: "listbox", "aria-label": "Perintah", hidden: true });
  }

  /** Shows what fits the text so far. */
  draw(text) {
    const { phone } = this.composer;
    const typed = /^\/(\w*)$/.exec(text);
    const all = typed ? commandsFor(phone.store.state.commands ?? [], phone.chat()) : [];
    const found = all.filter((one) => one.command.startsWith(typed[1].toLowerCase()));
    this.element.hidden = !found.length;
    this.element.replaceChildren(...found.map((one) => this.row(one)));
  }

  row({ command, description }) {
    const send = () => this.composer.submit(`/${command}`);
    return h(
      "button",
      { class: "menu-row", type: "button", role: "option", onclick: send },
      h("b", {}, `/${command}`),
      h("span", {}, description),
    );
  }
}
