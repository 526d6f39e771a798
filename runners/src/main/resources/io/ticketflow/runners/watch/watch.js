"use strict";
(() => {
  const period = 2000, patience = 10000;
  const part = (id) => document.getElementById(id);
  const pause = (millis) => new Promise((done) => setTimeout(done, millis));
  const name = document.title.split(" · ").slice(1).join(" · ");
  let frame = document.querySelector("iframe"), version = frame.dataset.version;
  let timer, asking = false;

  function tell(state) {
    document.body.dataset.state = state.state;
    document.body.classList.remove("lost");
    document.body.classList.toggle("over", state.over);
    document.title = `${state.title} · ${name}`;
    part("state").textContent = state.title;
    part("words").textContent = state.words;
    part("nothing").textContent = state.nothing;
    part("nothing").hidden = state.nothing === "";
    frame.hidden = state.nothing !== "";
    seen(state.seen);
  }

  function seen(when) {
    part("seen").dateTime = when;
    part("seen").textContent = "as of " + new Date(when).toLocaleTimeString();
  }

  function lost() {
    document.body.classList.add("lost");
    document.title = "Watch ended · " + name;
    part("state").textContent = "Watch ended";
    part("words").textContent = "Nothing answers any more. This is what was seen last.";
  }

  /** Charts come after the page: before them it has not its height. */
  async function drawn(page) {
    const end = Date.now() + patience;
    while (Date.now() < end && [...page.querySelectorAll(".chart")]
      .some((chart) => !chart.querySelector("svg.marks, canvas"))) await pause(50);
    await pause(50);
  }

  /** Keeps what is being read where it is: the last heading that is above it or in sight. */
  function follow(from, to) {
    const heads = (page) => [...page.document.querySelectorAll("h2")];
    const top = (head) => head.getBoundingClientRect().top;
    const old = heads(from).filter((head) => top(head) < from.innerHeight / 2).at(-1);
    const now = old && from.scrollY > 0
      && heads(to).find((head) => head.textContent === old.textContent);
    to.scrollTo(from.scrollX, now ? to.scrollY + top(now) - top(old) : from.scrollY);
    const tables = to.document.querySelectorAll(".scroll");
    from.document.querySelectorAll(".scroll").forEach((table, i) => {
      if (tables[i]) tables[i].scrollLeft = table.scrollLeft;
    });
  }

  /** The next report is drawn behind the last one, which stays until then. */
  async function exchange(next) {
    const coming = frame.cloneNode();
    coming.classList.add("coming");
    coming.src = "report?version=" + next;
    const loaded = new Promise((done) => coming.addEventListener("load", done, { once: true }));
    frame.after(coming);
    try {
      await loaded;
      if (!frame.hidden) {
        await drawn(coming.contentDocument);
        follow(frame.contentWindow, coming.contentWindow);
      }
    } catch (error) {
      coming.remove();
      throw error;
    }
    const focused = document.activeElement === frame;
    coming.classList.remove("coming");
    frame.remove();
    frame = coming;
    if (focused) frame.focus();
    version = next;
  }

  async function ask() {
    if (asking) return;
    asking = true;
    clearTimeout(timer);
    try {
      const answer = await fetch("state", { cache: "no-store" });
      if (!answer.ok) throw new Error(answer.statusText);
      const state = await answer.json();
      tell(state);
      if (state.version !== version) await exchange(state.version);
    } catch {
      lost();
    }
    asking = false;
    if (!document.hidden) timer = setTimeout(ask, period);
  }

  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  seen(part("seen").dateTime);
  ask();
})();
