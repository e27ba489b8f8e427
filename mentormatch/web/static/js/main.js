// Starts what a page has use for; every page works without it.

import { startChoosing } from "./choosing.js";
import { startCompetencies } from "./competencies.js";
import { startPreview } from "./preview.js";
import { startProgress } from "./progress.js";
import { startFilters } from "./filters.js";
import { startKeys } from "./keys.js";
import { startTimeZone } from "./time-zone.js";

for (const summary of document.querySelectorAll("[data-takes-focus]")) summary.focus();
for (const form of document.querySelectorAll("[data-choosing]")) startChoosing(form);
for (const form of document.querySelectorAll("[data-competencies]")) startCompetencies(form);
for (const progress of document.querySelectorAll("[data-progress]")) startProgress(progress);
for (const frame of document.querySelectorAll("[data-keys]")) startKeys(frame);
for (const box of document.querySelectorAll("[data-filters]")) startFilters(box);
for (const select of document.querySelectorAll("[data-time-zone]")) startTimeZone(select);
for (const place of document.querySelectorAll("[data-preview-of]")) startPreview(place);
