// Debian's Chromium, headless, in a profile of its own that is gone afterwards; it asks nothing of the network.
import { chromium } from "playwright-core";

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const launched = (executablePath, home) =>
  chromium.launch({ executablePath, args: ARGUMENTS, env: { ...process.env, HOME: home } });
