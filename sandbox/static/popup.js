/** Panels that open beside a control, above everything else. */

const GAP = 4;

/**
 * Shows `panel` below `anchor`, or above where there is more room, until the returned function is called or the
 * person presses elsewhere. It lives in the anchor's dialog if there is one, so that it is not inert.
 * @param {HTMLElement} anchor
 * @param {HTMLElement} panel
 * @param {{align?: "start" | "end", above?: boolean, minWidth?: number, maxHeight?: number, matchWidth?: boolean,
 *   onClose?: () => void}} [options]
 * @returns {() => void} closes it
 */
export function popup(
  anchor,
  panel,
  { align = "start", above = false, minWidth = 0, maxHeight = 360, matchWidth = false, onClose } = {},
) {
  (anchor.closest("dialog") ?? document.body).append(panel);
  panel.setAttribute("popover", "manual");
  panel.classList.add("popup");
  panel.showPopover();

  const place = () => {
    if (!anchor.isConnected) return close();
    const box = anchor.getBoundingClientRect();
    if (matchWidth) panel.style.width = `${Math.min(Math.max(box.width, minWidth), innerWidth - 2 * GAP)}px`;
    const below = innerHeight - box.bottom - 2 * GAP;
    const over = box.top - 2 * GAP;
    panel.style.maxHeight = "";
    const height = panel.offsetHeight;
    const upward = above ? over > 120 : height > below && over > below;
    panel.style.maxHeight = `${Math.max(120, Math.min(maxHeight, upward ? over : below))}px`;
    const top = upward ? box.top - GAP - panel.offsetHeight : box.bottom + GAP;
    const left = align === "end" ? box.right - panel.offsetWidth : box.left;
    panel.style.top = `${Math.max(GAP, top)}px`;
    panel.style.left = `${Math.max(GAP, Math.min(left, innerWidth - panel.offsetWidth - GAP))}px`;
  };
  const elsewhere = (event) => {
    if (!panel.contains(event.target) && !anchor.contains(event.target)) close();
  };
  const watch = new ResizeObserver(place);
  watch.observe(panel);
  watch.observe(anchor);
  document.addEventListener("pointerdown", elsewhere, true);
  document.addEventListener("scroll", place, true);
  addEventListener("resize", place);
  place();

  function close() {
    watch.disconnect();
    document.removeEventListener("pointerdown", elsewhere, true);
    document.removeEventListener("scroll", place, true);
    removeEventListener("resize", place);
    if (!panel.isConnected) return;
    panel.remove();
    onClose?.();
  }
  return close;
}
