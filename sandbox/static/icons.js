/** Line icons on a 20 by 20 grid. */

const SHAPES = {
  bolt: "M11 2 4.5 11.5H10L9 18l6.5-9.5H10z",
  check: "M4 10.5l4 4 8-9",
  chevron: "M5.5 8l4.5 4.5L14.5 8",
  clock: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6v4l3 2",
  close: "M5 5l10 10M15 5 5 15",
  down: "M10 4v12M5 11l5 5 5-5",
  eye: "M2 10s3-5.5 8-5.5S18 10 18 10s-3 5.5-8 5.5S2 10 2 10zM10 7.7a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6z",
  hash: "M8 3 6.5 17M13.5 3 12 17M3.5 7.5h13.5M3 12.5h13.5",
  home: "M3 9.5 10 3.5l7 6M5 8.5V16.5h10V8.5",
  lock: "M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9",
  mail: "M3 5h14v10.5H3zM3.5 5.5 10 11l6.5-5.5",
  menu: "M3 5.5h14M3 10h14M3 14.5h14",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  panel: "M3 4h14v12H3zM12.5 4v12",
  plus: "M10 4v12M4 10h12",
  search: "M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM13 13l4 4",
  send: "M3 10 17 4l-4.5 13-3-5.5zM9.5 11.5 17 4",
  warning: "M10 3 2.5 16.5h15zM10 8v4M10 14.2v.1",
};

const SVG = "http://www.w3.org/2000/svg";

/** A decorative icon: what it means is said in text beside it or in the label of its button. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}
