"""Small drawing helpers shared by documents and scenes. Pictures are BGR; `r` is a numpy Generator."""

import math

import cv2
import numpy as np

FONTS = (
    cv2.FONT_HERSHEY_SIMPLEX,
    cv2.FONT_HERSHEY_PLAIN,
    cv2.FONT_HERSHEY_DUPLEX,
    cv2.FONT_HERSHEY_COMPLEX,
    cv2.FONT_HERSHEY_TRIPLEX,
)
LETTERS = list("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,-/ ")
MRZ_LETTERS = list("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<<<<<<<<<<<<<<<<<<")


def chance(r, p):
    return r.random() < p


def colour(r, base=None, spread=40.0):
    """A random colour, or one near `base`, as a tuple of floats."""
    if base is None:
        value = r.uniform(20, 250) + r.normal(0, 30, 3)
    else:
        value = np.asarray(base, np.float64) + r.normal(0, spread) + r.normal(0, spread * 0.35, 3)
    return tuple(float(v) for v in np.clip(value, 0, 255))


def pale(r):
    return colour(r, (228, 230, 228), 16)


def dark(r):
    return colour(r, (45, 40, 38), 25)


def rectangle(w, h):
    return np.float32([[0, 0], [w, 0], [w, h], [0, h]])


def noise(r, w, h, base, strength):
    """A procedural surface: blobs or grain, also drawn out like wood or brushed metal."""
    total = np.zeros((h, w), np.float32)
    for size in (2, 6, 16, 50):
        if chance(r, 0.6):
            long = max(1, int(size * r.uniform(0.5, 8)))
            sx, sy = ((long, size), (size, long), (size, size), (size, size))[r.integers(4)]
            grid = r.standard_normal((max(2, h // sy), max(2, w // sx)), np.float32)
            total += cv2.resize(grid, (w, h), interpolation=cv2.INTER_LINEAR) * r.uniform(0.2, 1)
    tint = (1 + r.normal(0, 0.15, 3)).astype(np.float32) * strength
    return np.clip(np.float32(base) + total[..., None] * tint, 0, 255).astype(np.uint8)


def cut(r, photos, w, h, tight=0.3):
    """A random part of a random photograph or texture in the wanted size."""
    source = photos[r.integers(len(photos))]
    sh, sw = source.shape[:2]
    scale = min(sw / w, sh / h) * r.uniform(tight, 1)
    cw, ch = max(4, int(w * scale)), max(4, int(h * scale))
    x, y = r.integers(0, sw - cw + 1), r.integers(0, sh - ch + 1)
    how = cv2.INTER_AREA if cw > w else cv2.INTER_LINEAR
    part = cv2.resize(source[y : y + ch, x : x + cw], (w, h), interpolation=how)
    return np.ascontiguousarray(part[:, ::-1]) if chance(r, 0.5) else part


def word(r, least, most):
    return "".join(r.choice(LETTERS, int(r.integers(least, most + 1))))


def text(image, x, y, string, height, ink, font=cv2.FONT_HERSHEY_SIMPLEX, bold=False):
    """Text with its base line at y and capitals of about `height` pixels."""
    base = {cv2.FONT_HERSHEY_PLAIN: 10.0}.get(font, 21.0)
    place = (int(x), int(y))
    cv2.putText(image, string, place, font, height / base, ink, 2 if bold else 1, cv2.LINE_AA)


def squiggle(r, image, x, y, w, h, ink, thickness=1):
    """A line like handwriting or a script written from right to left."""
    n = max(6, int(w / max(2.0, h * 0.5)))
    xs = np.linspace(x, x + w, n) + r.normal(0, h * 0.2, n)
    ys = y + r.uniform(-h / 2, h / 2, n)
    cv2.polylines(image, [np.int32(np.c_[xs, ys])], False, ink, thickness, cv2.LINE_AA)


def text_block(r, image, x0, y0, x1, y1, height, ink, gap=2.2):
    """Lines of text that fill a box, as on a printed page."""
    font = FONTS[r.integers(3)] if height < 5 else FONTS[r.integers(len(FONTS))]
    if height < 5:
        # Strokes are a pixel wide at least: small print is drawn fainter instead.
        ink = tuple(float(v) for v in np.add(ink, np.subtract(image.mean((0, 1)), ink) * 0.5))
    y = y0 + height
    while y < y1:
        room = int((x1 - x0) / (height * 0.95))
        length = room if chance(r, 0.75) else int(room * r.uniform(0.2, 0.9))
        if length > 0 and not chance(r, 0.06):
            text(image, x0, y, word(r, length, length), height, ink, font)
        y += height * gap


def code_bars(r, image, x, y, w, h, ink=(20, 20, 20)):
    """A bar code, upright or across."""
    x, y, w, h = int(x), int(y), int(w), int(h)
    if w < 8 or h < 4:
        return
    along = h if chance(r, 0.2) else w
    bars = np.repeat(r.integers(0, 2, along // 2 + 1), 2)[:along].astype(np.uint8)
    block = np.where(bars[:, None] > 0, np.uint8(245), np.uint8(ink))
    block = block[None] if along == w else block[:, None]
    target = image[y : y + h, x : x + w]
    if target.size:
        block = np.broadcast_to(block, (h, w, 3))
        target[:] = block[: target.shape[0], : target.shape[1]]


def code_square(r, image, x, y, size):
    """A two-dimensional code."""
    size = int(size)
    if size < 8:
        return
    n = int(r.integers(12, 26))
    grid = (r.integers(0, 2, (n, n)) * 235 + 10).astype(np.uint8)
    block = cv2.resize(grid, (size, size), interpolation=cv2.INTER_NEAREST)[..., None]
    target = image[int(y) : int(y) + size, int(x) : int(x) + size]
    target[:] = block[: target.shape[0], : target.shape[1]]


def person(r, w, h, store):
    """A portrait: drawn (shoulders, neck, head, hair) or a cut-out face on some ground."""
    w, h = max(8, int(w)), max(8, int(h))
    k = r.random()
    if k < 0.15:
        image = cut(r, store.photos, w, h)
    else:
        image = np.empty((h, w, 3), np.uint8)
        image[:] = pale(r) if k < 0.7 else colour(r)
    if store.faces and chance(r, 0.4):
        put_face(r, image, store.faces[r.integers(len(store.faces))])
        return image
    skin = colour(r, (130, 165, 215), 35)
    hair = colour(r, (50, 60, 80), 40)
    clothes = colour(r)
    cx, cy = w * r.uniform(0.45, 0.55), h * r.uniform(0.38, 0.46)
    rx, ry = w * r.uniform(0.18, 0.26), h * r.uniform(0.2, 0.26)

    def oval(x, y, a, b, c):
        cv2.ellipse(image, (int(x), int(y)), (int(a), int(b)), 0, 0, 360, c, -1, cv2.LINE_AA)

    if chance(r, 0.4):
        oval(cx, cy + ry * 0.3, rx * 1.3, ry * 1.6, hair)
    oval(cx, h * 1.05, w * r.uniform(0.4, 0.55), h * r.uniform(0.25, 0.36), clothes)
    oval(cx, cy + ry, rx * 0.5, ry * 0.7, colour(r, skin, 8))
    oval(cx, cy - ry * 0.3, rx * 1.1, ry, hair)
    oval(cx, cy, rx, ry, skin)
    for side in (-1, 1):
        oval(cx + side * rx * 0.4, cy - ry * 0.1, max(1, rx * 0.14), max(1, ry * 0.07), dark(r))
    oval(cx, cy + ry * 0.5, rx * 0.3, max(1, ry * 0.07), colour(r, (90, 90, 170), 15))
    return image


def put_face(r, image, face):
    """The upper part of a cut-out person, as wide as the picture."""
    h, w = image.shape[:2]
    size = w / face.shape[1] * r.uniform(0.95, 1.3)
    face = cv2.resize(face, None, fx=size, fy=size, interpolation=cv2.INTER_AREA)
    x = (face.shape[1] - w) // 2
    part = face[:h, max(0, x) : max(0, x) + w]
    below = image[h - part.shape[0] :, : part.shape[1]]
    below[:] = blend(below, part[..., :3], part[..., 3].astype(np.float32) / 255)


def guilloche(r, image, ink):
    """Fine waves over the whole picture."""
    h, w = image.shape[:2]
    xs = np.arange(0, w + 6, 6)
    for k in range(int(r.integers(4, 14))):
        phase, period, height = r.uniform(0, 6), r.uniform(w / 6, w), h * r.uniform(0.02, 0.3)
        ys = h * (k + 0.5) / 9 + height * np.sin(xs * 2 * math.pi / period + phase)
        cv2.polylines(image, [np.int32(np.c_[xs, ys])], False, ink, 1, cv2.LINE_AA)


def blend(image, over, mask):
    """over where mask is 1; mask is float32 (h, w)."""
    m = mask[..., None]
    return (image * (1 - m) + over * m).astype(np.uint8)
