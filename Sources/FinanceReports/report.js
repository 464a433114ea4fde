"use strict";
// Draws the rows of the list that are looked at, out of the JSON in the page.
(() => {
  const byId = (id) => document.getElementById(id);
  const rows = JSON.parse(byId("rows").textContent);
  const lists = JSON.parse(byId("lists").textContent);
  const firstAmount = 6;
  const other = 8;
  const statement = 12;

  // A text of each row to search in, made when it is first needed.
  let texts = null;
  const textOf = (row) =>
    [row[0], row[1], lists.programs[row[2]], row[3], row[4], row[5]].join("\n").toLowerCase();

  // Decimals may have more digits than a number of this language keeps, so they are compared as text.
  const compareDecimals = (a, b) => {
    const negative = a[0] === "-";
    if (negative !== (b[0] === "-")) return negative ? -1 : 1;
    if (negative) return compareDecimals(b.slice(1), a.slice(1));
    const [wholeA, partA = ""] = a.split(".");
    const [wholeB, partB = ""] = b.split(".");
    if (wholeA.length !== wholeB.length) return wholeA.length - wholeB.length;
    if (wholeA !== wholeB) return wholeA < wholeB ? -1 : 1;
    const length = Math.max(partA.length, partB.length);
    const [a0, b0] = [partA.padEnd(length, "0"), partB.padEnd(length, "0")];
    return a0 === b0 ? 0 : a0 < b0 ? -1 : 1;
  };
  const compareTexts = (a, b) => (a === b ? 0 : a < b ? -1 : 1);
  const grouped = (decimal) => {
    const [whole, part] = decimal.split(".");
    const digits = whole.replace("-", "−").replace(/\B(?=(\d{3})+$)/g, ",");
    return part === undefined ? digits : digits + "." + part;
  };

  const valueOf = (row, key) => (key === 2 ? lists.programs[row[2]] : row[key]);
  let shown = rows;
  let sortKey = 0;
  let descending = false;

  const order = () => {
    const compare = sortKey >= firstAmount ? compareDecimals : compareTexts;
    const sign = descending ? -1 : 1;
    // Rows that are alike stay in the order of the register.
    shown.sort((a, b) => sign * compare(valueOf(a, sortKey), valueOf(b, sortKey)));
  };

  const find = (words) => {
    if (words.length === 0) return rows.slice();
    texts = texts || rows.map(textOf);
    return rows.filter((_, index) => words.every((word) => texts[index].includes(word)));
  };

  const list = byId("list");
  const body = list.querySelector("tbody");
  const heads = Array.from(list.querySelectorAll("thead th"));
  const amounts = heads.map((head) => Number(head.dataset.key)).filter((key) => key >= firstAmount);
  const space = () => {
    const row = document.createElement("tr");
    row.className = "space";
    row.setAttribute("aria-hidden", "true");
    row.append(document.createElement("td"));
    row.firstChild.colSpan = heads.length;
    return row;
  };
  const above = space();
  const below = space();

  const cell = (text, tag = "td", isNumber = false) => {
    const made = document.createElement(tag);
    if (isNumber) made.className = "n";
    made.textContent = text;
    return made;
  };

  const linked = (row) => {
    const head = cell("", "th");
    head.scope = "row";
    if (!lists.statements) {
      head.textContent = row[0];
      return head;
    }
    const link = document.createElement("a");
    const name = row[statement] === undefined ? row[0] : row[statement];
    link.href = "statements/" + encodeURIComponent(name) + "." + lists.statements;
    link.textContent = row[0];
    head.append(link);
    return head;
  };

  const draw = (row, index) => {
    const made = document.createElement("tr");
    made.setAttribute("aria-rowindex", String(index + 2));
    made.append(linked(row), cell(row[1]), cell(lists.programs[row[2]]), cell(row[3]));
    made.append(cell(row[5] ? row[4] + ": " + row[5] : row[4]));
    for (const place of amounts) made.append(cell(grouped(row[place]), "td", true));
    return made;
  };

  // Ids and amounts are never cut: their columns are as wide as the longest one of all rows. Names and
  // programs share what is left, and where that is too little, the list moves sideways.
  const groupedLength = (decimal) => {
    const point = decimal.indexOf(".");
    const whole = (point < 0 ? decimal.length : point) - (decimal[0] === "-" ? 1 : 0);
    return decimal.length + Math.floor((whole - 1) / 3);
  };
  const lengthOf = (row, key) => (key === 0 ? row[0].length : groupedLength(row[key]));
  const widen = () => {
    let digits = 0;
    for (const head of heads) {
      const key = Number(head.dataset.key);
      if (key !== 0 && key < firstAmount) continue;
      const least = key === other ? 6 : 10;
      const length = rows.reduce((most, row) => Math.max(most, lengthOf(row, key)), least);
      head.style.width = "calc(" + length + "ch + 1rem)";
      digits += length;
    }
    list.querySelector("table").style.minWidth = "calc(" + digits + "ch + 32rem)";
  };

  // What does not fit is there when somebody points at it.
  const explainCut = () => {
    for (const made of body.querySelectorAll("th, td:not(.n)")) {
      if (made.scrollWidth > made.clientWidth) made.title = made.textContent;
    }
  };

  let rowHeight = 36;
  let drawn = "";
  const refresh = (force) => {
    const count = Math.ceil(list.clientHeight / rowHeight) + 20;
    const top = Math.floor(list.scrollTop / rowHeight) - 10;
    const first = Math.max(0, Math.min(top, shown.length - count));
    const last = Math.min(shown.length, first + count);
    const range = first + "-" + last;
    if (!force && range === drawn) return;
    drawn = range;
    above.firstChild.style.height = first * rowHeight + "px";
    below.firstChild.style.height = (shown.length - last) * rowHeight + "px";
    const visible = shown.slice(first, last).map((row, index) => draw(row, first + index));
    body.replaceChildren(above, ...visible, below);
    explainCut();
    const height = visible.length > 0 ? visible[0].getBoundingClientRect().height : 0;
    if (height > 0 && Math.abs(height - rowHeight) > 0.1) {
      rowHeight = height;
      refresh(true);
    }
  };

  // What is drawn first gives the list the height by which it is known how much can be seen.
  const redraw = () => {
    list.scrollTop = 0;
    refresh(true);
    refresh(true);
  };

  const say = () => {
    const total = grouped(String(rows.length));
    byId("found").textContent = grouped(String(shown.length)) + " of " + total + " balances";
    list.querySelector("table").setAttribute("aria-rowcount", String(shown.length + 1));
  };

  const search = () => {
    shown = find(byId("search").value.toLowerCase().split(/\s+/).filter((word) => word));
    order();
    redraw();
    say();
  };

  const sortBy = (key) => {
    descending = key === sortKey ? !descending : key >= firstAmount;
    sortKey = key;
    for (const head of heads) {
      const own = Number(head.dataset.key) === key;
      if (own) head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    order();
    redraw();
  };

  for (const head of heads) {
    head.querySelector("button").addEventListener("click", () => sortBy(Number(head.dataset.key)));
  }
  byId("search").addEventListener("input", search);
  list.addEventListener("scroll", () => refresh(false), { passive: true });
  window.addEventListener("resize", () => refresh(true));
  byId("finder").hidden = false;
  shown = rows.slice();
  widen();
  redraw();
  say();
})();
