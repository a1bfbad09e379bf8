// The same work with sharp: every JPEG of a folder to three widths, each as
// WebP and progressive JPEG. Prints seconds and bytes.
//   node sharp.mjs <folder with node_modules/sharp> <photos> <output>
import { createRequire } from 'node:module';
import { readdirSync, statSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { availableParallelism } from 'node:os';

const [modules, photos, output] = process.argv.slice(2);
const sharp = createRequire(join(modules, 'x.js'))('sharp');
mkdirSync(output, { recursive: true });
const files = readdirSync(photos).filter(name => name.endsWith('.jpg')).sort();
const began = performance.now();
let next = 0;
async function worker() {
  while (next < files.length) {
    const name = files[next++];
    const jobs = [];
    for (const width of [480, 960, 1600]) {
      const from = () => sharp(join(photos, name)).rotate().resize({ width });
      const to = join(output, `${name}-${width}`);
      jobs.push(from().webp({ quality: 75 }).toFile(`${to}.webp`));
      jobs.push(from().jpeg({ quality: 80, progressive: true }).toFile(`${to}.jpg`));
    }
    await Promise.all(jobs);
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, worker));
const seconds = (performance.now() - began) / 1000;
const sizes = readdirSync(output).map(name => [name, statSync(join(output, name)).size]);
const sum = end => sizes.filter(([name]) => name.endsWith(end)).reduce((all, [, size]) => all + size, 0);
console.log(JSON.stringify({ seconds, webp: sum('.webp'), jpeg: sum('.jpg'), version: sharp.versions.sharp }));
