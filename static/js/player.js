// Makes the part page's <video> better. Without this module the browser's own controls play HLS or MP4.
import { useBar } from "./player/bar.js";
import { useBeats } from "./player/beats.js";
import { useCaptions } from "./player/captions.js";
import { useChapters } from "./player/chapters.js";
import { useEnd } from "./player/end.js";
import { useKeys } from "./player/keys.js";
import { usePlayed } from "./player/played.js";
import { useResume } from "./player/resume.js";
import { useSeekBar } from "./player/seekbar.js";
import { useSettings } from "./player/settings.js";
import { Source } from "./player/source.js";
import { startOf } from "./player/tools.js";
import { useViews } from "./player/views.js";
import { waitForVideo } from "./player/waiting.js";

const begin = (root) => {
  const find = (name) => root.querySelector(`[data-${name}]`);
  const video = root.querySelector("video");
  const player = { root, video, find, words: find("bar").dataset, part: root.dataset.part };
  player.length = () => (Number.isFinite(video.duration) && video.duration) || Number(root.dataset.length);
  player.source = new Source(player);
  startOf(player);
  const uses = [useBar, useSeekBar, useCaptions, useChapters, useSettings, useViews, useKeys, useResume, useEnd];
  for (const use of [...uses, usePlayed, useBeats]) use(player);
  video.removeAttribute("controls");
  root.classList.add("is-dressed");
  find("bar").hidden = false;
  player.source.begin();
};

for (const root of document.querySelectorAll("[data-player]")) begin(root);
for (const element of document.querySelectorAll("[data-video-wait]")) waitForVideo(element);
