// Copies the font files we serve out of the npm packages, so that a build needs nothing by hand.
import { copyFileSync, mkdirSync } from "node:fs";

const target = "static/fonts";
const families = {
  "source-sans-3": ["latin", "latin-ext", "greek", "cyrillic"],
  "source-serif-4": ["latin", "latin-ext", "greek", "cyrillic"],
};

mkdirSync(target, { recursive: true });
for (const [family, subsets] of Object.entries(families)) {
  const source = `node_modules/@fontsource-variable/${family}`;
  for (const subset of subsets) {
    const file = `${family}-${subset}-wght-normal.woff2`;
    copyFileSync(`${source}/files/${file}`, `${target}/${file}`);
  }
}
