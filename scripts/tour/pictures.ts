import sharp from "sharp";

/** A drawn picture of the tour: what it shows, its size in pixels, and the SVG inside of it. */
interface Drawing {
  about: string;
  width: number;
  height: number;
  svg: string;
}

const gradient = (id: string, ...stops: readonly [at: number, colour: string][]): string =>
  `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${stops.map(([at, colour]) => `<stop offset="${at}" stop-color="${colour}"/>`).join("")}</linearGradient>`;

const cat: Drawing = {
  about: "a ginger cat on a window sill",
  width: 800,
  height: 960,
  svg: `
    <defs>${gradient("night", [0, "#243b6b"], [1, "#7c6fb0"])}${gradient("fur", [0, "#f6a54c"], [1, "#d97a2b"])}</defs>
    <rect width="800" height="960" fill="#e9dcc9"/>
    <rect x="70" y="50" width="660" height="760" rx="10" fill="#fffaf0"/>
    <rect x="100" y="80" width="600" height="700" fill="url(#night)"/>
    <path d="M612 140 A52 52 0 1 1 552 212 A48 48 0 0 0 612 140 Z" fill="#fdf3c7"/>
    <g fill="#fdf3c7"><circle cx="180" cy="150" r="4"/><circle cx="262" cy="236" r="3"/><circle cx="420" cy="130" r="3"/><circle cx="492" cy="250" r="4"/><circle cx="150" cy="330" r="3"/><circle cx="650" cy="330" r="3"/></g>
    <path d="M100 690 L210 600 L300 670 L420 560 L560 680 L640 620 L700 670 V780 H100 Z" fill="#2c2f57"/>
    <path d="M390 80 h20 v700 h-20 Z M100 420 h600 v18 h-600 Z" fill="#fffaf0"/>
    <path d="M548 800 C700 800 716 650 640 628 C600 618 590 660 620 668 C650 690 610 750 520 740 Z" fill="#d97a2b"/>
    <path d="M250 830 C230 640 290 540 400 540 C510 540 570 640 550 830 Z" fill="url(#fur)"/>
    <path d="M330 830 C320 700 350 620 400 620 C450 620 480 700 470 830 Z" fill="#fde7c8"/>
    <path d="M262 330 L270 190 L372 268 Z M538 330 L530 190 L428 268 Z" fill="#e8913a"/>
    <path d="M284 296 L290 230 L342 268 Z M516 296 L510 230 L458 268 Z" fill="#f7b7a3"/>
    <ellipse cx="400" cy="400" rx="162" ry="146" fill="url(#fur)"/>
    <path d="M372 262 L380 320 M400 256 V326 M428 262 L420 320 M246 380 L300 392 M248 424 L300 420 M554 380 L500 392 M552 424 L500 420" stroke="#b85f1e" stroke-width="12" stroke-linecap="round"/>
    <path d="M400 440 C340 430 318 470 334 500 C350 536 450 536 466 500 C482 470 460 430 400 440 Z" fill="#fde7c8"/>
    <ellipse cx="340" cy="392" rx="30" ry="34" fill="#d8ef8c"/><ellipse cx="460" cy="392" rx="30" ry="34" fill="#d8ef8c"/>
    <ellipse cx="342" cy="394" rx="12" ry="28" fill="#1c1b22"/><ellipse cx="458" cy="394" rx="12" ry="28" fill="#1c1b22"/>
    <circle cx="347" cy="380" r="6" fill="#fff"/><circle cx="463" cy="380" r="6" fill="#fff"/>
    <path d="M384 448 h32 l-16 20 Z" fill="#e0685e"/>
    <path d="M400 468 V482 M400 482 C392 500 370 500 362 488 M400 482 C408 500 430 500 438 488" stroke="#7a3d17" stroke-width="5" fill="none" stroke-linecap="round"/>
    <path d="M322 470 L214 452 M324 484 L216 492 M478 470 L586 452 M476 484 L584 492" stroke="#fff6e6" stroke-width="4" stroke-linecap="round"/>
    <path d="M300 720 L270 730 M304 760 L262 772 M500 720 L530 730 M496 760 L538 772" stroke="#b85f1e" stroke-width="12" stroke-linecap="round"/>
    <ellipse cx="346" cy="826" rx="50" ry="28" fill="#fde7c8"/><ellipse cx="454" cy="826" rx="50" ry="28" fill="#fde7c8"/>
    <path d="M330 812 v22 M352 812 v22 M448 812 v22 M470 812 v22" stroke="#d9a978" stroke-width="5" stroke-linecap="round"/>
    <rect x="30" y="836" width="740" height="46" rx="8" fill="#c9a27a"/><rect x="30" y="876" width="740" height="14" fill="#a88158"/>`,
};

const wheel = (x: number): string => `
  <circle cx="${x}" cy="560" r="150" fill="none" stroke="#22252e" stroke-width="20"/>
  <circle cx="${x}" cy="560" r="138" fill="none" stroke="#c9ced8" stroke-width="5"/>
  ${Array.from({ length: 12 }, (_, spoke) => {
    const angle = (spoke * Math.PI) / 12;
    const [across = 0, down = 0] = [Math.cos(angle), Math.sin(angle)].map((it) => Math.round(136 * it));
    return `<path d="M${x - across} ${560 - down} L${x + across} ${560 + down}" stroke="#aab1be" stroke-width="2.5"/>`;
  }).join("")}
  <circle cx="${x}" cy="560" r="14" fill="#22252e"/>`;

const bricks = Array.from({ length: 9 }, (_, row) =>
  Array.from({ length: 9 }, (_, column) => {
    const x = column * 150 - (row % 2) * 75;
    return `<rect x="${x}" y="${row * 72}" width="142" height="64" rx="4" fill="${["#dd9a7b", "#d48c6d", "#e2a78a"][(row * 2 + column) % 3]}"/>`;
  }).join(""),
).join("");

const bicycle: Drawing = {
  about: "a red bicycle at a wall",
  width: 1200,
  height: 800,
  svg: `
    <rect width="1200" height="800" fill="#f1d5c4"/>${bricks}
    <rect y="640" width="1200" height="160" fill="#8d99a6"/><rect y="640" width="1200" height="16" fill="#b4bec8"/>
    <ellipse cx="600" cy="722" rx="450" ry="18" fill="#5e6873" opacity="0.55"/>
    ${wheel(350)}${wheel(850)}
    <g fill="none" stroke-linecap="round" stroke-linejoin="round">
      <path d="M350 560 L560 560 L480 330 L350 560 M480 330 L770 330 L560 560 M770 330 L850 560 M754 280 L772 336" stroke="#d62839" stroke-width="20"/>
      <path d="M480 330 L462 268" stroke="#44495a" stroke-width="14"/>
      <path d="M754 280 C752 240 790 226 838 244" stroke="#44495a" stroke-width="14"/>
      <path d="M838 244 l36 12" stroke="#22252e" stroke-width="20"/>
      <path d="M350 546 L560 524 M350 574 L560 596" stroke="#44495a" stroke-width="6"/>
      <path d="M560 560 L604 632 M582 634 h52 M560 560 L516 490 M492 486 h46" stroke="#22252e" stroke-width="11"/>
    </g>
    <circle cx="560" cy="560" r="38" fill="none" stroke="#44495a" stroke-width="9"/><circle cx="560" cy="560" r="10" fill="#22252e"/>
    <path d="M400 252 C430 234 500 240 528 252 C532 270 500 276 470 276 C430 278 396 276 400 252 Z" fill="#3b2a20"/>
    <path d="M800 300 h150 l-18 104 h-114 Z" fill="#b98549"/><path d="M794 290 h162 v20 h-162 Z" fill="#94642f"/>
    <path d="M806 336 h138 M812 366 h126 M842 310 v94 M876 310 v94 M910 310 v94" stroke="#94642f" stroke-width="4"/>
    <g><path d="M840 290 C826 240 850 210 846 190 M880 290 C880 240 872 220 884 180 M914 290 C930 250 916 230 930 206" stroke="#3f7d4e" stroke-width="6" fill="none"/>
    <circle cx="846" cy="186" r="22" fill="#ffd166"/><circle cx="884" cy="172" r="26" fill="#fff"/><circle cx="932" cy="200" r="22" fill="#ffd166"/>
    <circle cx="846" cy="186" r="8" fill="#c8553d"/><circle cx="884" cy="172" r="10" fill="#ffb703"/><circle cx="932" cy="200" r="8" fill="#c8553d"/></g>`,
};

const sunset: Drawing = {
  about: "a sunset behind hills",
  width: 1200,
  height: 800,
  svg: `
    <defs>${gradient("sky", [0, "#2b2d6e"], [0.35, "#a4508b"], [0.6, "#f6795b"], [0.8, "#ffd08a"])}${gradient("sea", [0, "#f2a36b"], [0.35, "#9a5a86"], [1, "#262a5c"])}</defs>
    <rect width="1200" height="800" fill="url(#sky)"/>
    <circle cx="640" cy="430" r="190" fill="#ffe3a3" opacity="0.25"/><circle cx="640" cy="430" r="126" fill="#fff0b8"/>
    <g fill="#ffd9c0" opacity="0.75"><rect x="120" y="170" width="330" height="22" rx="11"/><rect x="210" y="204" width="250" height="16" rx="8"/><rect x="790" y="120" width="280" height="20" rx="10"/><rect x="860" y="150" width="260" height="14" rx="7"/><rect x="470" y="396" width="250" height="12" rx="6"/><rect x="590" y="452" width="300" height="10" rx="5"/></g>
    <path d="M0 520 L150 380 L260 460 L400 340 L560 520 Z" fill="#7b4a86"/><path d="M700 520 L860 400 L960 460 L1080 350 L1200 440 V520 Z" fill="#7b4a86"/>
    <path d="M0 520 L90 450 L220 500 L330 440 L480 520 Z" fill="#5a3a76"/><path d="M820 520 L940 456 L1060 496 L1200 430 V520 Z" fill="#5a3a76"/>
    <rect y="518" width="1200" height="282" fill="url(#sea)"/>
    <g fill="#fff0b8" opacity="0.8"><rect x="530" y="534" width="220" height="10" rx="5"/><rect x="560" y="560" width="170" height="9" rx="4"/><rect x="520" y="588" width="210" height="9" rx="4"/><rect x="590" y="616" width="130" height="8" rx="4"/><rect x="560" y="648" width="120" height="8" rx="4"/><rect x="610" y="684" width="90" height="7" rx="3"/></g>
    <path d="M250 622 h170 l-30 44 h-114 Z" fill="#1d1b3a"/><path d="M330 620 V470 L414 606 Z" fill="#fff7e6"/><path d="M322 620 V500 L262 606 Z" fill="#ffd9c0"/>
    <g fill="none" stroke="#1d1b3a" stroke-width="6" stroke-linecap="round"><path d="M860 250 q18 -22 36 0 q18 -22 36 0"/><path d="M950 300 q14 -18 28 0 q14 -18 28 0"/><path d="M760 330 q12 -14 24 0 q12 -14 24 0"/></g>
    <path d="M1010 800 C1030 640 1040 520 1090 400 L1108 406 C1076 530 1074 660 1080 800 Z" fill="#1d1b3a"/>
    <g fill="#1d1b3a"><path d="M1098 402 C1030 340 950 350 916 404 C980 380 1050 384 1098 402 Z"/><path d="M1098 402 C1060 310 990 270 930 284 C1000 310 1060 350 1098 402 Z"/><path d="M1098 402 C1110 310 1170 270 1200 276 V300 C1160 320 1120 360 1098 402 Z"/><path d="M1098 402 C1150 350 1190 356 1200 362 V400 C1170 384 1130 390 1098 402 Z"/><path d="M1098 402 C1060 420 1010 460 1004 520 C1040 470 1070 430 1098 402 Z"/></g>
    <path d="M860 800 C960 740 1100 736 1200 750 V800 Z" fill="#1d1b3a"/>`,
};

/** The pictures of the tour, drawn for it, so that there is something to ask about before the first photo of one's own. */
export const drawings = { cat, bicycle, sunset } satisfies Record<string, Drawing>;

/** Draws one of them as a JPEG. The same bytes every time. */
export const draw = ({ width, height, svg }: Drawing): Promise<Buffer> =>
  sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${svg}</svg>`))
    .jpeg({ quality: 90 })
    .toBuffer();
