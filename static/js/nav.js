// Small conveniences: menus close when one looks elsewhere, and the contents list shows where one is.
const facets = document.querySelectorAll("details.facet");

const closeFacets = (except) => {
  for (const facet of facets) if (facet !== except) facet.open = false;
};

if (facets.length) {
  document.addEventListener("click", (event) => closeFacets(event.target.closest("details.facet")));
  document.addEventListener("focusin", (event) => closeFacets(event.target.closest("details.facet")));
  document.addEventListener("keydown", (event) => {
    const facet = event.key === "Escape" && event.target.closest("details.facet[open]");
    if (!facet) return;
    facet.open = false;
    facet.querySelector("summary").focus();
  });
}

const links = new Map(
  [...document.querySelectorAll(".toc a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]),
);

if (links.size) {
  const contents = document.querySelector(".toc details");
  const wide = matchMedia("(width >= 60rem)");
  const unfold = () => { contents.open = wide.matches; };
  wide.addEventListener("change", unfold);
  unfold();
  const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  const mark = () => {
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
    const current = passed.at(-1)?.id;
    for (const [id, link] of links) {
      if (id === current) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
  for (const heading of headings) observer.observe(heading);
}
