// A first plan reckons with the speed at which the player plays in this browser.
import { RATE, remembered } from "./player/tools.js";

const select = document.querySelector("[data-as-in-player]");
const rate = Number(remembered(RATE));
const option = select && [...select.options].find(({ value }) => Number(value) === rate * 100);
if (option) option.selected = true;
