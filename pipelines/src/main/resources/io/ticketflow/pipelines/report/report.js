/** What the page does: reads its data, draws the figures of charts.js, and again when it changes. */
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  // Menus of the charts take this from the page's width.
  const menu = 40;
  // By how much a figure's width may be guessed wrong before it is drawn twice.
  const slack = 8;
  const shown = {}, tools = {};
  let turns = 0;

  function style() {
    const colour = (name) =>
      getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
    return { dark: dark.matches, text: colour("text"), muted: colour("muted"), line: colour("line") };
  }

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function save(file, text, type) {
    const href = URL.createObjectURL(new Blob([text], { type }));
    element("a", { href, download: file }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  }

  /** Names a chart for who does not see it, and puts above it what is worked by keyboard too. */
  function equip(id, place) {
    const title = place.closest("section").querySelector("h2").textContent;
    place.tabIndex = 0;
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", title);
    const button = element("button", { type: "button", ariaLabel: `CSV of ${title}`,
      onclick: () => save(`${id}.csv`, csv(figures(data, style()).rows(id)),
        "text/csv;charset=utf-8") }, "CSV");
    tools[id] = element("div", { className: "tools" }, button);
    place.before(tools[id]);
  }

  /** A list beside each legend that singles out what it names: a legend takes no keys. */
  function choose(id, title, { param, field, name, entries }) {
    const view = shown[id].view, signal = `${param}_${field}_legend`;
    const chosen = tools[id].querySelector(`[name=${param}]`)?.selectedIndex ?? 0;
    const select = element("select", { name: param, ariaLabel: `${name}, in ${title}` },
      ...["all", ...entries.map((entry) => entry.text)].map((text) => element("option", {}, text)));
    select.onchange = () => view.signal(`${param}_toggle`, false)
      .signal(signal, entries[select.selectedIndex - 1]?.value ?? null).runAsync();
    // Of several, clicked together with Shift, the list can tell none.
    view.addSignalListener(param, (_, value) => {
      const values = value[field] ?? [];
      select.selectedIndex = values.length > 1 ? -1
        : 1 + entries.findIndex((entry) => entry.value === values[0]);
    });
    select.selectedIndex = chosen;
    if (chosen > 0) select.onchange();
    return element("label", {}, `${name} `, select);
  }

  /** The menu's links fetch their picture when a mouse is pressed on them; here when a key is. */
  function byKey(id, link) {
    link.addEventListener("keydown", async (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      link.href = await shown[id].view.toImageURL(link.download.split(".").at(-1));
      link.click();
    });
  }

  async function draw(id, { charts, config, rows }) {
    const [spec] = charts[id];
    const place = document.getElementById(id);
    const title = place.getAttribute("aria-label");
    const room = place.clientWidth - menu;
    // Pictures of many marks are drawn quicker than they are built.
    const renderer = rows(id).length > 1000 ? "canvas" : "svg";
    let drawing;
    // Axes and legends are as wide as their texts; what a first drawing shows too much is taken off.
    for (let width = room - slack, over = 1, tries = 0; over > 0 && tries < 3; width -= over, tries++) {
      shown[id]?.finalize();
      drawing = spec(width);
      shown[id] = await vegaEmbed(place,
        { $schema: "https://vega.github.io/schema/vega-lite/v5.json", ...drawing },
        { config: config(width), renderer, theme: undefined, downloadFileName: id,
          tooltip: { theme: dark.matches ? "dark" : "light" },
          actions: { export: true, source: false, compiled: false, editor: false } });
      over = Math.ceil(place.querySelector("svg.marks, canvas").getBoundingClientRect().width - room);
    }
    place.querySelector("summary").ariaLabel = `Pictures of ${title}`;
    place.querySelectorAll(".vega-actions a").forEach((link) => byKey(id, link));
    const lists = (drawing.usermeta?.legends ?? []).map((legend) => choose(id, title, legend));
    tools[id].replaceChildren(...lists, tools[id].lastChild);
  }

  /** Pixels that a place is out of sight. */
  function away(place) {
    const { top, bottom } = place.getBoundingClientRect();
    return Math.max(0, top - window.innerHeight, -bottom);
  }

  /** What is in sight comes first, and between two figures the browser may answer its user. */
  async function drawAll() {
    const turn = ++turns;
    const all = figures(data, style());
    const left = Object.keys(all.charts).map((id) => document.getElementById(id)).filter(Boolean);
    left.filter(({ id }) => !tools[id]).forEach((place) => equip(place.id, place));
    while (left.length > 0) {
      const near = left.map(away);
      const [{ id }] = left.splice(near.indexOf(Math.min(...near)), 1);
      await draw(id, all);
      await new Promise((resolve) => setTimeout(resolve));
      if (turn !== turns) return; // the page has changed, and all is drawn anew
    }
  }

  let drawn = document.body.clientWidth, waiting;
  window.addEventListener("resize", () => {
    if (document.body.clientWidth === drawn) return;
    drawn = document.body.clientWidth;
    clearTimeout(waiting);
    waiting = setTimeout(drawAll, 150);
  });
  dark.addEventListener("change", drawAll);
  drawAll();
})();
