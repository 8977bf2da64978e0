"""Drawn places full of rectangles that are no documents: rooms, fronts of houses, shelves, keys."""

import cv2
import numpy as np

from drawing import chance, colour, cut, dark, noise, pale, person, rectangle
from placing import lay


def surface(r, store, w, h):
    """Wall, floor or cloth."""
    if chance(r, 0.4):
        return cut(r, store.photos, w, h)
    return noise(r, w, h, colour(r), r.choice([1, 3, 8]))


def slab(r, image, x0, y0, x1, y1, fill, rim=None):
    """An upright rectangle, perhaps with a rim and a shade at one side."""
    a, b = (int(x0), int(y0)), (int(x1), int(y1))
    cv2.rectangle(image, a, b, fill, -1)
    if rim is not None:
        cv2.rectangle(image, a, b, rim, int(r.integers(1, 5)))


def window(r, store, w, h):
    """A window with a view and bars, or a curtain."""
    view = cut(r, store.photos, w, h) if chance(r, 0.6) else noise(r, w, h, pale(r), 3)
    view = np.clip(view.astype(np.float32) * 0.5 + 120, 0, 255).astype(np.uint8)
    bar = colour(r)
    thick = max(1, int(min(w, h) * 0.03))
    for k in range(1, int(r.integers(1, 4))):
        cv2.line(view, (w * k // 3, 0), (w * k // 3, h), bar, thick)
    if chance(r, 0.6):
        cv2.line(view, (0, h // 2), (w, h // 2), bar, thick)
    cv2.rectangle(view, (0, 0), (w - 1, h - 1), bar, 2 * thick)
    return view


def cupboard(r, w, h):
    """Doors and drawers with handles."""
    image = noise(r, w, h, colour(r), 4)
    rows, columns = int(r.integers(1, 5)), int(r.integers(1, 4))
    rim = colour(r, image.mean((0, 1)), 30)
    for i in range(rows):
        for k in range(columns):
            x, y = w * k // columns, h * i // rows
            cv2.rectangle(image, (x + 2, y + 2), (x + w // columns - 3, y + h // rows - 3), rim, 2)
            knob = (x + w // columns // 2, y + h // rows // 2)
            cv2.circle(image, knob, max(1, w // 60), dark(r), -1, cv2.LINE_AA)
    return image


def shelf(r, store, w, h):
    """Rows of upright things with different widths and heights."""
    image = noise(r, w, h, colour(r), 3)
    rows = int(r.integers(1, 5))
    for row in range(rows):
        low, high = h * (row + 1) // rows - 4, h / rows
        x = int(r.integers(0, 10))
        while x < w:
            wide, tall = int(r.uniform(4, 22)), high * r.uniform(0.55, 0.9)
            if chance(r, 0.9):
                slab(r, image, x, low - tall, x + wide, low, colour(r), dark(r))
            x += wide + int(r.integers(0, 4))
        cv2.line(image, (0, low + 2), (w, low + 2), dark(r), 3)
    return image


def keys(r, store, w, h):
    """A grid of keys, buttons or tiles with rounded corners."""
    image = noise(r, w, h, colour(r), 2)
    size = r.uniform(0.06, 0.25) * w
    gap = size * r.uniform(0.05, 0.3)
    fill, mark = colour(r), colour(r)
    for row in range(int(h / (size + gap)) + 1):
        shift = r.uniform(-size, 0)
        for k in range(int(w / (size + gap)) + 2):
            x, y = k * (size + gap) + shift, row * (size + gap)
            slab(r, image, x, y, x + size, y + size, colour(r, fill, 5))
            if chance(r, 0.7):
                cv2.circle(image, (int(x + size / 2), int(y + size / 2)), max(1, int(size / 8)), mark, -1)
    return image


def front(r, store, w, h):
    """The front of a house: rows of windows."""
    image = surface(r, store, w, h)
    rows, columns = int(r.integers(2, 6)), int(r.integers(2, 7))
    pane = window(r, store, max(12, w // columns * 2 // 3), max(12, h // rows * 2 // 3))
    for i in range(rows):
        for k in range(columns):
            x, y = int((k + 0.15) * w / columns), int((i + 0.15) * h / rows)
            target = image[y : y + pane.shape[0], x : x + pane.shape[1]]
            target[:] = pane[: target.shape[0], : target.shape[1]]
    return image


def room(r, store, w, h):
    """Walls and a floor with windows, cupboards, pictures and furniture."""
    image = surface(r, store, w, h)
    x, y = r.uniform(-0.2, 0.6) * w, r.uniform(0.4, 0.85) * h
    floor = np.float32([[x, y], [w * 1.2, y], [w * 1.4, h], [-w * 0.4, h]])
    image = lay(r, image, surface(r, store, 120, 120), floor, shadow=0)
    if chance(r, 0.5):
        wall = np.float32([[-2, r.uniform(-h, 0)], [x, 0], [x, y], [-2, h * r.uniform(0.8, 1.6)]])
        image = lay(r, image, surface(r, store, 120, 120), wall, shadow=0)
    for _ in range(int(r.integers(1, 6))):
        side = int(r.uniform(0.12, 0.6) * h)
        wide = int(side * r.uniform(0.4, 2))
        k = r.random()
        if k < 0.3:
            thing = window(r, store, wide, side)
        elif k < 0.6:
            thing = cupboard(r, wide, side)
        elif k < 0.75:
            thing = shelf(r, store, wide, side)
        elif k < 0.9:
            edge, rim = max(2, side // 16), colour(r)
            inside = cut(r, store.photos, wide, side) if chance(r, 0.7) else person(r, wide, side, store)
            thing = cv2.copyMakeBorder(inside, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=rim)
        else:
            thing = noise(r, wide, side, colour(r), 4)
        th, tw = thing.shape[:2]
        quad = rectangle(tw, th) + [r.uniform(-tw / 2, w - tw / 2), r.uniform(-th / 4, h - th)]
        lean = r.normal(0, 0.1) * th
        quad[[0, 3], 1] += [lean, -lean * 0.5]
        image = lay(r, image, thing, quad.astype(np.float32), light=r.uniform(0.7, 1.1))
    return image


def place_with_rectangles(r, store, w, h):
    """One of the places above, seen straight or from the side."""
    make = (room, room, front, shelf, keys)[r.integers(5)]
    image = make(r, store, w, h)
    if make is not room and chance(r, 0.6):
        quad = (rectangle(w, h) + r.normal(0, 0.1, (4, 2)) * [w, h]).astype(np.float32)
        quad = quad.mean(0) + (quad - quad.mean(0)) * np.float32(r.uniform(0.9, 1.5))
        if cv2.isContourConvex(quad):
            image = lay(r, surface(r, store, w, h), image, quad, shadow=0.3)
    return image
