import { z } from "zod";

/** Where the window stood: the only thing that main remembers between two starts. */
export const windowPlaceSchema = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1),
  height: z.int().min(1),
  maximized: z.boolean(),
});
export type WindowPlace = z.infer<typeof windowPlaceSchema>;

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const smallestWindow = { width: 1000, height: 640 };
const usualWindow = { width: 1280, height: 800 };

/** Reads what was remembered; null when it is missing, damaged or nonsense. */
export function parseWindowPlace(json: string): WindowPlace | null {
  try {
    return windowPlaceSchema.parse(JSON.parse(json));
  } catch {
    return null;
  }
}

/**
 * The place to open the window at: as remembered where enough of it is on a display, else centred on the first.
 * @param workAreas of the displays, the primary one first
 */
export function placeWindow(remembered: WindowPlace | null, workAreas: readonly Area[]): WindowPlace {
  const primary = workAreas[0] ?? { x: 0, y: 0, ...usualWindow };
  const display = remembered === null ? undefined : workAreas.find((area) => overlaps(remembered, area));
  if (remembered === null || display === undefined) {
    const size = fit(usualWindow, primary);
    return { ...size, ...centre(size, primary), maximized: remembered?.maximized ?? false };
  }
  const size = fit(remembered, display);
  return {
    ...size,
    x: clamp(remembered.x, display.x, display.x + display.width - size.width),
    y: clamp(remembered.y, display.y, display.y + display.height - size.height),
    maximized: remembered.maximized,
  };
}

/** At least 100 × 40 pixels of the window can be seen and caught hold of there. */
function overlaps(place: Area, area: Area): boolean {
  const width = Math.min(place.x + place.width, area.x + area.width) - Math.max(place.x, area.x);
  const height = Math.min(place.y + place.height, area.y + area.height) - Math.max(place.y, area.y);
  return width >= 100 && height >= 40;
}

/** Not below the smallest that the layout needs, even on a display smaller than that. */
function fit(size: { width: number; height: number }, area: Area): { width: number; height: number } {
  return {
    width: Math.max(smallestWindow.width, Math.min(size.width, area.width)),
    height: Math.max(smallestWindow.height, Math.min(size.height, area.height)),
  };
}

function centre(size: { width: number; height: number }, area: Area): { x: number; y: number } {
  return {
    x: Math.round(area.x + Math.max(0, area.width - size.width) / 2),
    y: Math.round(area.y + Math.max(0, area.height - size.height) / 2),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.round(Math.max(low, Math.min(value, high)));
}
