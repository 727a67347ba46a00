// Building elements. Text goes in as text nodes only, so nothing that people write becomes markup.

export function h(tag, facts = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && name !== "list" && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const SHAPES = {
  send: "M4 11.5 20 4l-5.5 16-3-6.5z",
  reply: "M10 6 4 11.5 10 17v-3.6c5 0 8 1.4 10 4.6-.4-5-3.4-8.4-10-9z",
  edit: "M5 19l1-4 9.5-9.5 3 3L9 18zM14 7l3 3",
  trash: "M6 8h12M9.5 8V5.500h5V8M8 8l.700 11h6.600L16 8",
  close: "M7 7l10 10M17 7 7 17",
  pin: "M9 4h6l-.7 5.500L17 12v1.500H7V12l2.7-2.500zM12 13.500V20",
  chat: "M5 7.5A2.5 2.5 0 0 1 7.5 5h9A2.5 2.5 0 0 1 19 7.5v5a2.5 2.5 0 0 1-2.5 2.5H12l-4.5 4V15A2.5 2.5 0 0 1 5 12.5z",
  people: "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3.5 19c.5-3.5 2.7-5 5.5-5s5 1.5 5.5 5M15.5 5.5a2.7 2.7 0 0 1 0 5.2M17 14.3c2 .5 3.2 2 3.5 4.7",
  down: "M6 10l6 6 6-6",
  sliders: "M5 8h8M17 8h2M5 16h2M11 16h8M15 6v4M9 14v4",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

/** A round picture with initials; the hue depends on the id, so a person keeps it. */
export function avatar(id, name, extra = "") {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words[words.length - 1] : ""].map((w) => [...w][0] ?? "").join("");
  const hue = Math.abs(Number(id)) % 8;
  return h("span", { class: `avatar hue-${hue} ${extra}`, "aria-hidden": "true" }, letters.toUpperCase());
}
