// Short notes and alerts, as a callback answer shows them.
import { h } from "./dom.js";

export function toast(holder, text, kind = "") {
  const note = h("div", { class: `toast ${kind}`, "data-testid": "toast" }, text);
  holder.append(note);
  setTimeout(() => note.classList.add("leaving"), 3600);
  setTimeout(() => note.remove(), 4000);
}

export function alertBox(phone, text) {
  phone.querySelector(".alert")?.remove();
  const before = document.activeElement;
  const close = () => {
    box.remove();
    before?.focus?.();
  };
  const button = h("button", { class: "alert-ok", type: "button", onclick: close }, "Oke");
  const box = h(
    "div",
    { class: "alert", role: "alertdialog", "aria-modal": "true", "aria-label": "Pemberitahuan", "data-testid": "alert" },
    h("div", { class: "alert-card" }, h("p", {}, text), button),
  );
  box.addEventListener("keydown", (event) => event.key === "Escape" && close());
  phone.append(box);
  button.focus();
}
