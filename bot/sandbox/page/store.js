// What the page knows of the world. Messages are replaced, never changed, so that identity tells "new".

const KEPT = 400;

export class Store {
  constructor() {
    this.state = null;
    this.chats = new Map();
    this.users = new Map();
    this.answers = new Map();
    this.watchers = [];
    this.arrivals = [];
    this.faultsTold = 0;
  }

  load(state) {
    this.state = state;
    this.users = new Map(state.users.map((user) => [user.id, user]));
    this.chats = new Map();
    for (const chat of state.chats) {
      const messages = new Map(chat.messages.map((message) => [message.message_id, message]));
      this.chats.set(chat.id, { ...chat, messages });
    }
  }

  get bot() {
    return this.state.bot;
  }

  chat(id) {
    return this.chats.get(id) ?? { id, messages: new Map(), pinned: [], title: "", members: 0 };
  }

  /** Takes one change; the kinds are those that the server tells. */
  apply(change) {
    const take = {
      message: () => this.put(change.message, true),
      edit: () => this.put(change.message, false),
      delete: () => this.chat(change.chat_id).messages.delete(change.message_id),
      pin: () => (this.chat(change.chat_id).pinned = change.pinned),
      user: () => this.user(change),
      answer: () => this.answers.set(change.press.id, change.press),
      commands: () => (this.state.commands = change.commands),
      clock: () => (this.state.now = change.now),
      faults: () => this.takeFaults(change.faults),
    }[change.kind];
    if (take) take();
    for (const watch of this.watchers) watch(change);
  }

  takeFaults(faults) {
    this.state.faults = faults;
    this.faultsTold += 1;
  }

  put(message, isNew) {
    const chat = this.chats.get(message.chat_id);
    if (!chat) return;
    const known = chat.messages.has(message.message_id);
    chat.messages.set(message.message_id, message);
    if (chat.messages.size > KEPT * 2) this.trim(chat);
    if (isNew && !known) this.arrivals.push(message);
    const from = message.raw.from;
    if (chat.type === "private" && from?.id === chat.id) {
      this.user({ user_id: chat.id, started: true, blocked: false });
    }
  }

  trim(chat) {
    const old = [...chat.messages.keys()].slice(0, KEPT);
    for (const id of old) chat.messages.delete(id);
  }

  user({ user_id: id, started, blocked }) {
    const known = this.users.get(id);
    if (known) this.users.set(id, { ...known, started, blocked });
  }

  /** New messages since the last call. */
  takeArrivals() {
    const taken = this.arrivals;
    this.arrivals = [];
    return taken;
  }

  watch(watcher) {
    this.watchers.push(watcher);
  }
}

/** The automatic forwards of a channel's posts, oldest first. */
export function posts(chat) {
  return [...chat.messages.values()].filter((message) => message.raw.is_automatic_forward);
}

export function thread(chat, rootId) {
  return [...chat.messages.values()].filter((message) => message.raw.message_thread_id === rootId);
}
