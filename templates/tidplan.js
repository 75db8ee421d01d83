// What the page gains with JavaScript: filters whose choice stands in the address, and a mark for today.
// Without it every row shows. No text is ever read as markup.
(() => {
  "use strict";

  const rows = [...document.querySelectorAll("tr[data-readers]")];

  // The key dates and the chart show what the tables show. A month keeps its name on the first row that is left of it.
  function follow(hidden) {
    for (const row of document.querySelectorAll("tr[data-row]")) row.hidden = hidden.has(row.dataset.row);
    for (const month of document.querySelectorAll("#viktiga-datum th.month")) {
      const first = month.closest("tbody").querySelector("tr:not([hidden])");
      if (!first || first.contains(month)) continue;
      const blank = first.firstElementChild;
      month.replaceWith(blank.cloneNode());
      blank.replaceWith(month);
    }
    for (const line of document.querySelectorAll(".gantt [data-row]")) line.classList.toggle("faded", hidden.has(line.dataset.row));
  }

  function filters(form, told) {
    const { vem, text } = form.elements;
    const status = document.getElementById("plan-filter-status");

    function choose(reader, words) {
      if (vem) vem.value = [...vem.options].some((option) => option.value === reader) ? reader : "";
      text.value = words;
    }

    function wanted(row) {
      const said = row.textContent.toLocaleLowerCase("sv");
      const words = text.value.toLocaleLowerCase("sv").split(/\s+/);
      return (!vem?.value || row.dataset.readers.split(" ").includes(vem.value)) && words.every((word) => said.includes(word));
    }

    function show() {
      for (const row of rows) row.hidden = !wanted(row);
      for (const phase of document.querySelectorAll(".phase")) phase.hidden = !phase.querySelector("tr[data-readers]:not([hidden])");
      follow(new Set(rows.filter((row) => row.hidden).map((row) => row.id)));
      const shown = rows.filter((row) => !row.hidden).length;
      status.textContent = shown === rows.length ? "" : `Visar ${shown} av ${rows.length} aktiviteter.`;
      told(vem?.value ? 3 : 1);
    }

    function changed() {
      show();
      const chosen = new URLSearchParams();
      if (vem?.value) chosen.set("vem", vem.value);
      if (text.value.trim()) chosen.set("text", text.value.trim());
      history.replaceState(null, "", `${location.pathname}${chosen.size ? `?${chosen}` : ""}${location.hash}`);
    }

    function showAll() {
      choose("", "");
      changed();
    }

    // Who follows a link to a row means that row, whatever the filter says.
    function reveal() {
      const target = document.querySelector(":target");
      if (!target?.closest("[hidden]")) return;
      showAll();
      target.scrollIntoView();
    }

    const asked = new URLSearchParams(location.search);
    choose(asked.get("vem") ?? asked.get("organ") ?? "", asked.get("text") ?? "");
    form.addEventListener("input", changed);
    form.addEventListener("submit", (event) => event.preventDefault());
    document.getElementById("plan-filter-all").addEventListener("click", showAll);
    addEventListener("hashchange", reveal);
    form.hidden = false;
    show();
    reveal();
  }

  function mark(chart, day) {
    const { first, days, left, right } = chart.dataset;
    const passed = (day - Date.parse(first)) / 86_400_000;
    if (passed < 0 || passed >= days) return;
    const x = Number(left) + ((right - left) * (passed + 0.5)) / days;
    const line = document.createElementNS(chart.namespaceURI, "line");
    const looks = { class: "today", x1: x, x2: x, y1: 24, y2: chart.viewBox.baseVal.height };
    for (const [name, value] of Object.entries(looks)) line.setAttribute(name, value);
    chart.append(line);
  }

  function linkTo(row) {
    const link = document.createElement("a");
    const [activity, when] = [row.querySelector("th"), row.querySelector("td")];
    link.href = `#${row.id}`;
    link.textContent = [activity?.firstChild, when].map((part) => part?.textContent.trim()).filter(Boolean).join(", ");
    return link;
  }

  // The coming rows are those whose last day is soonest, of what is shown.
  function tell(place, now, iso, most) {
    const coming = rows.filter((row) => row.dataset.end >= iso && !row.hidden && !row.classList.contains("cancelled"));
    coming.sort((one, other) => (one.dataset.end < other.dataset.end ? -1 : one.dataset.end > other.dataset.end ? 1 : 0));
    const said = now.toLocaleDateString("sv-SE", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
    const links = coming.slice(0, most).map(linkTo);
    place.replaceChildren(`I dag är det ${said}. ${links.length > 1 ? "Dina närmaste datum" : "Härnäst"}: `);
    for (const [number, link] of links.entries()) place.append(number ? "; " : "", link);
    place.hidden = !links.length;
  }

  // Rows that nobody has marked as done; only a page of a plan where somebody does so has any.
  function markLate(row, iso) {
    if (!row.dataset.lateAfter || row.dataset.lateAfter >= iso) return;
    const word = document.createElement("span");
    word.className = "late";
    word.textContent = "Försenat";
    row.querySelector("th")?.append(word);
  }

  const now = new Date();
  const day = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  const iso = new Date(day).toISOString().slice(0, 10);
  const [form, place] = ["plan-filter", "plan-today"].map((id) => document.getElementById(id));
  const told = (most) => place && tell(place, now, iso, most);
  if (form) filters(form, told);
  else told(1);
  for (const row of rows) markLate(row, iso);
  for (const chart of document.querySelectorAll("svg.gantt")) mark(chart, day);
})();
