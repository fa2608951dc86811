// What the server tells a player, and how the player answers. Both are for who is signed in.

// What the server knows comes as a fragment; `offset` makes this clock's times into the server's.
export const useServer = (player, then) => {
  const fragment = player.root.querySelector("[data-fragment]");
  const read = () => {
    const known = fragment.querySelector("[data-position]")?.dataset;
    if (!known) return;
    player.offset = Number(known.now) - Date.now();
    player.cookie = known.cookie ?? "";
    player.tokenFrom = `${fragment.dataset.fragment}?token`;
    then(known);
  };
  fragment?.addEventListener("fragment:filled", read);
  if (fragment) read();
};

const cookie = (name) =>
  document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);

// The cookie at the time of sending: any form in the page may have had it renewed. None yet: asked for once.
const askForToken = async ({ cookie: name, tokenFrom }) => {
  await fetch(tokenFrom, { credentials: "same-origin" });
  return cookie(name) ?? "";
};

// The answer, or null when there is none. Without waiting where nothing has to be asked: the page may be leaving.
export const post = async (player, address, body) => {
  try {
    const token = cookie(player.cookie) ?? (await askForToken(player));
    const headers = { "X-CSRFToken": token };
    return await fetch(address, { method: "POST", body, headers, keepalive: true, credentials: "same-origin" });
  } catch {
    return null;
  }
};
