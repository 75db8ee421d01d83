// Today's hand, by the reader's own clock. Without JavaScript the wheel has none.
(() => {
  "use strict";

  const now = new Date();
  const day = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  const said = now.toLocaleDateString("sv-SE", { weekday: "long", day: "numeric", month: "long", year: "numeric" });

  for (const circle of document.querySelectorAll(".cirkel")) {
    const { year, from, to } = circle.dataset;
    if (Number(year) !== now.getFullYear()) continue;
    const [first, next] = [Date.UTC(year, 0, 1), Date.UTC(Number(year) + 1, 0, 1)];
    const turn = ((day - first + 43_200_000) / (next - first)) * 360;
    const hand = document.createElementNS(circle.namespaceURI, "line");
    const title = document.createElementNS(circle.namespaceURI, "title");
    title.textContent = `I dag, ${said}`;
    hand.append(title);
    const looks = { class: "idag", x1: 0, x2: 0, y1: -from, y2: -to, transform: `rotate(${turn})` };
    for (const [name, value] of Object.entries(looks)) hand.setAttribute(name, value);
    circle.prepend(hand); // beneath everything: it hides no number
  }

  const place = document.getElementById("idag");
  if (place && Number(place.dataset.year) === now.getFullYear()) {
    place.textContent = `I dag är det ${said}.`;
    place.hidden = false;
  }
})();
