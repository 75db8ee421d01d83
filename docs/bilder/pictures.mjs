// Pictures of built pages. Takes the path of Chromium and the folder of the pages; writes into this folder.
import { pathToFileURL } from "node:url";
import { launched } from "../../tests/browser/chromium.mjs";

const [executablePath, folder] = process.argv.slice(2);
const DAY = new Date("2022-03-10T12:00:00");
const PICTURES = {
  "html-1280": { file: "rambudget.html", viewport: { width: 1280, height: 900 } },
  "html-320": { file: "rambudget.html", viewport: { width: 320, height: 900 } },
  gantt: { file: "rambudget.html", viewport: { width: 1280, height: 900 }, part: "svg.gantt" },
  hjul: { file: "arshjul.html", viewport: { width: 860, height: 900 }, part: ".circle svg.hjul", deviceScaleFactor: 0.85 },
};

const browser = await launched(executablePath, folder);
for (const [name, { file, viewport, part, deviceScaleFactor }] of Object.entries(PICTURES)) {
  const page = await browser.newPage({ viewport, deviceScaleFactor });
  await page.clock.setFixedTime(DAY);
  await page.goto(String(pathToFileURL(`${folder}/${file}`)));
  const shot = part ? page.locator(part).last() : page;
  await shot.screenshot({ path: new URL(`${name}.png`, import.meta.url).pathname });
  await page.close();
}
await browser.close();
