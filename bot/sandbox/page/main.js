// Puts the page together and keeps it in step with the sandbox.
import { follow, loadState } from "./api.js";
import { Panel } from "./panel.js";
import { Phone } from "./phone.js";
import { Store } from "./store.js";
import { Tabs } from "./tabs.js";

const store = new Store();
const panel = new Panel(document.getElementById("panel"), store);
let phones = [];
let tabs = null;
let waiting = [];
let scheduled = false;

async function load() {
  store.state = null;
  const state = await loadState();
  store.load(state);
  document.getElementById("stage-title").textContent = state.title;
  const shape = JSON.stringify(state.phones);
  if (shape !== load.shape) build(state);
  load.shape = shape;
  panel.load();
  const missed = waiting;
  waiting = [];
  for (const change of missed) store.apply(change);
  store.takeArrivals();
  draw();
}

function build(state) {
  const holder = document.getElementById("phones");
  const nav = document.getElementById("tabs");
  holder.replaceChildren();
  nav.replaceChildren();
  phones = state.phones.map((spec) => new Phone(spec, store));
  holder.append(...phones.map((phone) => phone.element));
  tabs = new Tabs(nav, phones, panel);
  const small = matchMedia("(max-width: 760px)");
  for (const phone of phones) {
    phone.isActive = () => !small.matches || tabs.active === phone.spec.key;
    phone.onUnread = () => tabs.count();
  }
}

function draw() {
  scheduled = false;
  for (const message of store.takeArrivals()) for (const phone of phones) phone.arrived(message);
  for (const phone of phones) phone.draw();
  panel.refresh();
  tabs?.count();
}

function onChange(change) {
  if (change.kind === "reload") return void load().catch(offline);
  if (!store.state) return void waiting.push(change);
  store.apply(change);
  if (change.kind === "answer") for (const phone of phones) phone.answered(change.press);
  if (change.kind === "clock") panel.time.set(change.now);
  if (!scheduled) requestAnimationFrame(draw);
  scheduled = true;
}

function onLine(online) {
  document.getElementById("live").classList.toggle("on", online);
  document.getElementById("live-text").textContent = online ? "tersambung" : "menyambung ulang …";
  // Whatever happened while the line was cut is in the state.
  if (online) load().catch(offline);
}

function offline(error) {
  document.getElementById("live").classList.remove("on");
  document.getElementById("live-text").textContent = `terputus: ${error.message}`;
}

follow(onChange, onLine);
