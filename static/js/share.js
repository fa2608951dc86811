// Hands on the address of a certificate: by the device's own sheet for sharing, or else by copying it. A browser that can
// do neither shows no button; the address stands beside it as a link.
const canShare = Boolean(navigator.share || navigator.clipboard);

const hand = async (button) => {
  const { share: url, title, done } = button.dataset;
  try {
    if (navigator.share) return await navigator.share({ title, url });
    await navigator.clipboard.writeText(url);
    button.querySelector("[aria-live]").textContent = done;
  } catch {
    // Somebody closed the sheet, or the browser refused: the link is still there.
  }
};

const dress = (root) => {
  for (const button of root.querySelectorAll("[data-share]")) button.hidden = !canShare;
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-share]");
  if (button) hand(button);
});
document.addEventListener("fragment:filled", (event) => dress(event.target));
dress(document);
