// Makes a photo smaller before it is sent, and a small picture of it for the page.

const LONGEST_SIDE = 2048; // px
const PREVIEW_SIDE = 240;
const QUALITY = 0.85;

let turn = Promise.resolve();

/**
 * A smaller, upright JPEG of `file` and a canvas to show, one file at a time: an open photo needs up to 200 MB.
 * What the browser cannot read (HEIC in Chromium) or make smaller comes back as it is.
 * @returns {Promise<{blob: Blob, name: string, preview: HTMLCanvasElement | null}>}
 */
export function shrink(file) {
  const result = turn.then(() => shrinkNow(file));
  turn = result;
  return result;
}

async function shrinkNow(file) {
  const original = { blob: file, name: file.name, preview: null };
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    original.preview = draw(bitmap, PREVIEW_SIDE);
    const blob = await encode(draw(bitmap, LONGEST_SIDE));
    if (!blob || blob.size >= file.size) return original;
    return { blob, name: file.name.replace(/\.\w+$/, "") + ".jpg", preview: original.preview };
  } catch {
    return original;
  } finally {
    if (bitmap) bitmap.close();
  }
}

function draw(bitmap, longest) {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff"; // JPEG has no transparency: it would turn black
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function encode(canvas) {
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
}
