import type { Image } from "../images/image.ts";
import { renderSvg } from "./svg.ts";

const [WIDTH, HEIGHT] = [480, 480];

const picture = (content: string): Image =>
  renderSvg(`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 480 480">${content}</svg>`);

/** A house on a hill under a low sun: what is left and right, up and down, bright and dark can be told apart. */
const house = `
  <defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#5fa8e6"/><stop offset="1" stop-color="#fbe3c0"/></linearGradient></defs>
  <rect width="480" height="480" fill="url(#sky)"/>
  <circle cx="374" cy="118" r="46" fill="#ffd25a"/>
  <path d="M0 330Q120 250 250 318T480 300V480H0Z" fill="#7fb069"/>
  <path d="M0 402Q160 340 300 396T480 378V480H0Z" fill="#4f8a4b"/>
  <rect x="116" y="224" width="170" height="134" fill="#f3ead9"/>
  <path d="M92 230L200 138L310 230Z" fill="#b5473c"/>
  <rect x="246" y="146" width="26" height="52" fill="#8c3a32"/>
  <rect x="148" y="276" width="42" height="82" fill="#7a5230"/>
  <rect x="216" y="266" width="48" height="46" fill="#8fc7e8" stroke="#7a5230" stroke-width="5"/>
  <path d="M408 392V292" stroke="#6b4a2b" stroke-width="14"/>
  <circle cx="408" cy="268" r="46" fill="#2f6b3a"/>`;

/** A sailing boat at dusk. */
const boat = `
  <defs><linearGradient id="dusk" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#3b3f75"/><stop offset="0.6" stop-color="#e58a6f"/></linearGradient></defs>
  <rect width="480" height="480" fill="url(#dusk)"/>
  <circle cx="110" cy="236" r="54" fill="#ffdf9e"/>
  <rect y="292" width="480" height="188" fill="#27496d"/>
  <path d="M60 330H240M300 372H440M90 420H300" stroke="#4d7ca8" stroke-width="8" stroke-linecap="round"/>
  <path d="M252 76V316" stroke="#f3ead9" stroke-width="9"/>
  <path d="M264 84L388 296H264Z" fill="#f7f3ea"/>
  <path d="M240 124L150 296H240Z" fill="#d95f4a"/>
  <path d="M122 316H404L362 386H172Z" fill="#6b3f2a"/>`;

/** The pictures that figures show where a group has given none of its own: square, 480 pixels. */
export const samplePictures = { house: () => picture(house), boat: () => picture(boat) } as const;
