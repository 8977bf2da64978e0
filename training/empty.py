"""Pictures without a document: photographs, screens, framed pictures, things with four sides."""

import cv2
import numpy as np

from drawing import chance, colour, cut, dark, noise, pale, person, text, text_block, word
from placing import background, clutter, hide, lay, placed
from rooms import place_with_rectangles


def screen(r, store, w, h):
    """A window or a page on a screen, without a document in it."""
    image = np.empty((h, w, 3), np.uint8)
    image[:] = pale(r) if chance(r, 0.6) else dark(r)
    ink = dark(r) if image.mean() > 115 else pale(r)
    image[: int(h * r.uniform(0.03, 0.1))] = colour(r)
    if chance(r, 0.5):
        image[:, : int(w * r.uniform(0.05, 0.3))] = colour(r)
    for _ in range(int(r.integers(1, 6))):
        bw, bh = int(w * r.uniform(0.1, 0.6)), int(h * r.uniform(0.05, 0.5))
        x, y = int(r.integers(0, w - bw)), int(r.integers(0, h - bh))
        if chance(r, 0.5):
            image[y : y + bh, x : x + bw] = cut(r, store.photos, bw, bh)
        elif chance(r, 0.5):
            cv2.rectangle(image, (x, y), (x + bw, y + bh), colour(r), -1 if chance(r, 0.5) else 1)
        else:
            text_block(r, image, x, y, x + bw, y + bh, r.uniform(3, 8), ink)
    return image


def rectangular_thing(r, store, w, h):
    """Something with four sides that is no document: framed picture, laptop, telephone, door."""
    photos = store.photos
    kind = r.choice(["frame", "frame", "laptop", "laptop", "phone", "door", "tray"])
    side = 240
    if kind == "frame":
        aspect = r.uniform(0.6, 1.7)
        flat = framed(
            r,
            cut(r, photos, int(side * aspect), side)
            if chance(r, 0.85)
            else person(r, int(side * aspect), side, store),
        )
    elif kind in ("laptop", "phone"):
        aspect = r.uniform(1.4, 1.9) if kind == "laptop" else r.uniform(0.45, 0.6)
        inner = screen(r, store, int(side * aspect), side)
        if chance(r, 0.4):
            inner = cut(r, photos, int(side * aspect), side)
        elif chance(r, 0.2):
            inner[:] = dark(r)
        edge = int(r.integers(3, 16))
        flat = cv2.copyMakeBorder(inner, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=dark(r))
        if kind == "laptop":
            deck = noise(r, flat.shape[1], int(side * r.uniform(0.3, 0.7)), colour(r, (120, 120, 120), 60), 2)
            n = int(r.integers(3, 6))
            for row in range(n):
                y = int(deck.shape[0] * (0.1 + 0.5 * row / n))
                for x in np.linspace(deck.shape[1] * 0.05, deck.shape[1] * 0.9, 14):
                    cv2.rectangle(deck, (int(x), y), (int(x) + 14, y + 8), dark(r), -1)
            flat = np.vstack([flat, deck])
    elif kind == "door":
        aspect = r.uniform(0.35, 0.6)
        flat = noise(r, int(side * aspect), side, colour(r), 4)
        dw, dh = flat.shape[1], flat.shape[0]
        for _ in range(int(r.integers(1, 5))):
            x, y = dw * 0.15, dh * r.uniform(0.05, 0.7)
            cv2.rectangle(flat, (int(x), int(y)), (int(dw * 0.85), int(y + dh * 0.22)), colour(r), 2)
    else:
        flat = noise(r, int(side * r.uniform(1, 1.8)), side, colour(r), 5)
        cv2.rectangle(flat, (0, 0), (flat.shape[1] - 1, side - 1), colour(r), int(r.integers(4, 24)))
        clutter(r, flat, store.stamps, int(r.integers(0, 5)))
    image = background(r, photos, w, h)
    if chance(r, 0.3):
        clutter(r, image, store.stamps, int(r.integers(1, 4)))
    quad = placed(r, w, h, flat.shape[1] / flat.shape[0], 0.08, 0.9, 0.15)
    if quad is not None:
        image = lay(r, image, flat, quad, r.choice([0, 0, 0.06]), light=r.uniform(0.6, 1.1))
        if chance(r, 0.2):
            hide(r, image, quad, 1)
    return image


def framed(r, picture):
    """A picture with a border or a frame, with or without a mat and a caption."""
    for _ in range(int(r.integers(1, 3))):
        edge = [int(v) for v in r.integers(1, 22, 4)] if chance(r, 0.2) else [int(r.integers(2, 28))] * 4
        value = (255, 255, 255) if chance(r, 0.3) else (0, 0, 0) if chance(r, 0.3) else colour(r)
        picture = cv2.copyMakeBorder(picture, *edge, cv2.BORDER_CONSTANT, value=value)
    return picture


def without_document(r, store, w, h):
    """An ordinary picture: photograph, texture, screen, framed picture, rectangular thing."""
    photos = store.photos
    k = r.random()
    if k < 0.36:
        image = cut(r, store.pictures, w, h, 0.75)
    elif k < 0.46:
        image = cut(r, photos, w, h)
    elif k < 0.52:
        image = background(r, photos, w, h, print_too=False)
    elif k < 0.62:
        image = place_with_rectangles(r, store, w, h)
    elif k < 0.76:
        image = rectangular_thing(r, store, w, h)
    elif k < 0.81:
        image = screen(r, store, w, h)
    elif k < 0.9:
        inner = cut(r, store.pictures, int(w * r.uniform(0.6, 1)), int(h * r.uniform(0.6, 1)), 0.7)
        image = framed(r, inner)
        if chance(r, 0.3):
            strip = np.empty((int(r.integers(10, 50)), image.shape[1], 3), np.uint8)
            strip[:] = (255, 255, 255) if chance(r, 0.5) else (0, 0, 0)
            ink = dark(r) if strip.mean() > 128 else pale(r)
            text(strip, 5, strip.shape[0] * 0.7, word(r, 8, 30), strip.shape[0] * 0.35, ink)
            image = np.vstack([image, strip] if chance(r, 0.6) else [strip, image])
        image = cv2.resize(image, (w, h), interpolation=cv2.INTER_AREA)
    elif k < 0.94:
        image = person(r, w, h, store)
    else:
        rows = [np.hstack([cut(r, photos, w // 2, h // 2) for _ in range(2)]) for _ in range(2)]
        image = cv2.resize(np.vstack(rows), (w, h))
    if chance(r, 0.2):
        clutter(r, image, store.stamps, int(r.integers(1, 5)))
    return image
