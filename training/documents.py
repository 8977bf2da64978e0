"""Draws flat documents of invented issuers: cards, licences, passports, sheets.

Each function returns a `Document`: the picture of the flat document, the radius of its corners as
a share of its height, and, for spreads, which part of it is the document that counts.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from drawing import (
    FONTS,
    MRZ_LETTERS,
    chance,
    code_bars,
    code_square,
    colour,
    cut,
    dark,
    guilloche,
    noise,
    pale,
    person,
    squiggle,
    text,
    text_block,
    word,
)

CARD = 85.6 / 53.98
PAGE = 125 / 88
LONG = 340


@dataclass
class Document:
    image: np.ndarray
    radius: float = 0.0
    #: (x0, y0, x1, y1) in shares of the picture; None: all of it
    part: tuple | None = None
    #: card, page, sheet, or what only its borders tell: plain, blank
    kind: str = "card"


def canvas(r, aspect, store, near=None):
    """The ground of a card: plain, gradient, two-tone, guilloche, photo or noise."""
    w = LONG if aspect >= 1 else int(LONG * aspect)
    h = int(LONG / aspect) if aspect >= 1 else LONG
    if near is not None and chance(r, 0.5):
        base = colour(r, near, r.choice([4, 10, 25]))
    else:
        base = pale(r) if chance(r, 0.45) else colour(r)
    image = np.empty((h, w, 3), np.uint8)
    image[:] = base
    k = r.random()
    if k < 0.3:
        other = np.float32(colour(r, base, 45))
        n = w if chance(r, 0.5) else h
        ramp = np.linspace(0, 1, n, dtype=np.float32)
        ramp = ramp[None, :, None] if n == w else ramp[:, None, None]
        image = (image * (1 - ramp) + other * ramp).astype(np.uint8)
    elif k < 0.4:
        image = cv2.addWeighted(image, 0.65, cut(r, store.photos, w, h), 0.35, 0)
    elif k < 0.46:
        image = cut(r, store.photos, w, h)
    elif k < 0.54:
        image = noise(r, w, h, base, 6)
    elif k < 0.64:
        share = r.uniform(0.25, 0.75)
        if chance(r, 0.5):
            image[:, int(w * share) :] = colour(r)
        else:
            image[int(h * share) :] = colour(r)
    if chance(r, 0.35):
        guilloche(r, image, colour(r, base, 25))
    return image


def printed_frame(r, image):
    """A frame some way inside the border, square or rounded."""
    h, w = image.shape[:2]
    side = min(w, h)
    m = side * r.uniform(0.02, 0.09)
    ink = dark(r) if chance(r, 0.7) else colour(r)
    thick = int(r.integers(1, 6))
    radius = int(side * r.uniform(0.02, 0.1)) if chance(r, 0.6) else 0
    x0, y0, x1, y1 = int(m), int(m), int(w - 1 - m), int(h - 1 - m)
    if chance(r, 0.15):
        y0 = int(h * r.uniform(0.1, 0.3))
    if radius == 0:
        cv2.rectangle(image, (x0, y0), (x1, y1), ink, thick, cv2.LINE_AA)
        return
    for a, b in (((x0 + radius, y0), (x1 - radius, y0)), ((x0 + radius, y1), (x1 - radius, y1))):
        cv2.line(image, a, b, ink, thick, cv2.LINE_AA)
    for a, b in (((x0, y0 + radius), (x0, y1 - radius)), ((x1, y0 + radius), (x1, y1 - radius))):
        cv2.line(image, a, b, ink, thick, cv2.LINE_AA)
    for x, y, start in (
        (x0 + radius, y0 + radius, 180),
        (x1 - radius, y0 + radius, 270),
        (x1 - radius, y1 - radius, 0),
        (x0 + radius, y1 - radius, 90),
    ):
        cv2.ellipse(image, (x, y), (radius, radius), start, 0, 90, ink, thick, cv2.LINE_AA)


def like_its_ground(r, store, near):
    """A card or page of nearly the colour `near` that it lies on, often with a printed frame."""
    kind = r.random()
    aspect = CARD if kind < 0.8 else PAGE if kind < 0.9 else r.uniform(0.7, 1.9)
    if chance(r, 0.1):
        aspect = 1 / aspect
    w = LONG if aspect >= 1 else int(LONG * aspect)
    h = int(LONG / aspect) if aspect >= 1 else LONG
    image = np.empty((h, w, 3), np.uint8)
    image[:] = colour(r, near, r.choice([2.0, 4.0, 7.0, 12.0]))
    ink = ink_for(r, image)
    if chance(r, 0.25):
        image[: int(h * r.uniform(0.1, 0.25))] = colour(r)
    if chance(r, 0.15):
        y = int(h * r.uniform(0.04, 0.15))
        image[y : y + int(h * r.uniform(0.13, 0.2))] = dark(r)
    if chance(r, 0.2):
        mrz(r, image, 3, 30, 0.35)
    x0, x1 = w * 0.08, w * 0.92
    if chance(r, 0.8) and aspect > 1:
        ph = h * r.uniform(0.4, 0.62)
        left = chance(r, 0.6)
        pw = ph * 0.8
        portrait_at(r, image, w * 0.08 if left else w * 0.92 - pw, h * r.uniform(0.2, 0.3), ph, store)
        x0, x1 = (w * 0.12 + pw, x1) if left else (x0, w * 0.88 - pw)
    fields(r, image, x0, h * r.uniform(0.2, 0.3), x1, h * r.uniform(0.6, 0.9), ink)
    text(image, w * r.uniform(0.06, 0.3), h * 0.15, word(r, 6, 20), h * 0.07, ink, FONTS[r.integers(5)], True)
    if chance(r, 0.65):
        printed_frame(r, image)
    return Document(image, r.uniform(0.03, 0.07) if chance(r, 0.75) else 0.0)


def ink_for(r, image):
    bright = image.mean() > 115
    if chance(r, 0.15):
        return colour(r)
    return dark(r) if bright else pale(r)


def bands(r, image):
    """Header and footer bands, frames, stripes."""
    h, w = image.shape[:2]
    if chance(r, 0.5):
        image[: int(h * r.uniform(0.07, 0.28))] = colour(r)
    if chance(r, 0.2):
        image[int(h * r.uniform(0.75, 0.93)) :] = colour(r)
    if chance(r, 0.08):
        image[:, : int(w * r.uniform(0.05, 0.3))] = colour(r)
    if chance(r, 0.22):
        m = int(min(w, h) * r.uniform(0.015, 0.1))
        thick = -1 if chance(r, 0.15) else int(r.integers(1, 6))
        cv2.rectangle(image, (m, m), (w - 1 - m, h - 1 - m), colour(r), thick, cv2.LINE_AA)
    if chance(r, 0.12):
        m = int(min(w, h) * r.uniform(0.03, 0.12))
        cv2.rectangle(image, (0, 0), (w - 1, h - 1), colour(r), 2 * m)


def mrz(r, image, lines, letters, share, ground=None):
    """A machine-readable zone in the lowest `share` of the picture."""
    h, w = image.shape[:2]
    top = int(h * (1 - share))
    if ground is not None:
        image[top:] = ground
    step = (h - top) / (lines + 0.6)
    pitch = w * 0.92 / letters
    ink = (25, 25, 25) if image[top:].mean() > 90 else (225, 225, 225)
    for line in range(lines):
        y = int(top + step * (line + 0.95))
        for k, letter in enumerate(r.choice(MRZ_LETTERS, letters)):
            x = int(w * 0.04 + k * pitch)
            cv2.putText(image, letter, (x, y), FONTS[1], step / 21, ink, 1, cv2.LINE_AA)


def fields(r, image, x0, y0, x1, y1, ink):
    """Labels and values, in either direction of writing."""
    h = image.shape[0]
    size = r.uniform(0.03, 0.055) * min(image.shape[:2]) * 1.2
    other_script = chance(r, 0.25)
    y = y0 + size
    font = FONTS[r.integers(len(FONTS))]
    while y < min(y1, h):
        if chance(r, 0.6) and not other_script:
            text(image, x0, y, word(r, 3, 9), size * 0.6, colour(r, ink, 30), font)
            y += size * 1.2
        room = max(4, int((x1 - x0) / (size * 0.9)))
        if other_script:
            length = (x1 - x0) * r.uniform(0.25, 0.9)
            squiggle(r, image, x1 - length, y - size * 0.4, length, size, ink)
        else:
            text(image, x0, y, word(r, 3, room), size, ink, font, chance(r, 0.2))
        y += size * r.uniform(1.4, 2.4)


def paste(image, part, x, y):
    target = image[int(y) : int(y) + part.shape[0], int(x) : int(x) + part.shape[1]]
    target[:] = part[: target.shape[0], : target.shape[1]]


def portrait_at(r, image, x, y, h, store):
    w = h * r.uniform(0.72, 0.82)
    picture = person(r, w, h, store)
    if chance(r, 0.2):
        picture = cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    paste(image, picture, x, y)
    if chance(r, 0.3):
        cv2.rectangle(image, (int(x), int(y)), (int(x + w), int(y + h)), colour(r), int(r.integers(1, 4)))
    return w


def extras(r, image, ink):
    """Chip, emblem, signature, ghost portrait, codes."""
    h, w = image.shape[:2]
    if chance(r, 0.2):
        x, y, s = w * r.uniform(0.05, 0.8), h * r.uniform(0.3, 0.6), min(w, h) * 0.16
        cv2.rectangle(image, (int(x), int(y)), (int(x + s * 1.2), int(y + s)), (110, 190, 215), -1)
        cv2.rectangle(image, (int(x), int(y)), (int(x + s * 1.2), int(y + s)), (60, 120, 150), 1)
    if chance(r, 0.4):
        place = (int(w * r.uniform(0.05, 0.95)), int(h * r.uniform(0.05, 0.9)))
        cv2.circle(image, place, int(min(w, h) * r.uniform(0.04, 0.15)), colour(r), -1, cv2.LINE_AA)
    if chance(r, 0.35):
        squiggle(r, image, w * r.uniform(0.05, 0.6), h * r.uniform(0.6, 0.92), w * 0.25, h * 0.1, ink)
    if chance(r, 0.15):
        code_bars(r, image, w * r.uniform(0.05, 0.5), h * r.uniform(0.6, 0.88), w * 0.4, h * 0.1)
    if chance(r, 0.08):
        code_square(r, image, w * r.uniform(0.05, 0.7), h * r.uniform(0.3, 0.6), min(w, h) * 0.3)


def card_front(r, store, near=None):
    """A card with or without portrait, in either orientation."""
    aspect = CARD if chance(r, 0.8) else r.choice([1.42, 1.33, 1.5, 1.75, 1.9])
    upright = chance(r, 0.12)
    image = canvas(r, 1 / aspect if upright else aspect, store, near)
    h, w = image.shape[:2]
    bands(r, image)
    ink = ink_for(r, image)
    x0, x1 = w * 0.05, w * 0.95
    if chance(r, 0.85):
        ph = h * (r.uniform(0.25, 0.45) if upright else r.uniform(0.42, 0.72))
        y = h * (r.uniform(0.12, 0.3) if upright else r.uniform(0.15, 0.27))
        left = chance(r, 0.65)
        pw = ph * 0.8
        if upright:
            portrait_at(r, image, (w - pw) * r.uniform(0.1, 0.9), y, ph, store)
        else:
            portrait_at(r, image, w * 0.05 if left else w * 0.95 - pw, y, ph, store)
            if left:
                x0 = w * 0.08 + pw
            else:
                x1 = w * 0.92 - pw
        if chance(r, 0.2):
            portrait_at(r, image, w * r.uniform(0.6, 0.8), h * 0.5, h * 0.25, store)
        top = y + ph + h * 0.02 if upright else h * r.uniform(0.2, 0.3)
    else:
        top = h * r.uniform(0.15, 0.4)
    heading = min(w, h) * r.uniform(0.05, 0.1)
    font = FONTS[r.integers(len(FONTS))]
    text(image, w * r.uniform(0.04, 0.3), h * 0.12, word(r, 6, 20), heading, ink, font, True)
    fields(r, image, x0, top, x1, h * r.uniform(0.7, 0.97), ink)
    extras(r, image, ink)
    if not upright and chance(r, 0.12):
        mrz(r, image, 3, 30, 0.3, pale(r) if chance(r, 0.5) else None)
    return Document(image, r.uniform(0.03, 0.07) if chance(r, 0.8) else 0.0)


def card_back(r, store, near=None):
    """The back of a card: stripe, codes, machine-readable zone, small print."""
    image = canvas(r, CARD, store, near)
    h, w = image.shape[:2]
    ink = ink_for(r, image)
    top = 0.05
    if chance(r, 0.4):
        y = h * r.uniform(0.03, 0.12)
        image[int(y) : int(y + h * r.uniform(0.13, 0.22))] = dark(r)
        top = 0.3
    if chance(r, 0.5):
        mrz(r, image, 3, 30, r.uniform(0.28, 0.4), pale(r) if chance(r, 0.6) else None)
    if chance(r, 0.5):
        code_bars(r, image, w * 0.08, h * (top + 0.03), w * r.uniform(0.3, 0.84), h * 0.16)
    if chance(r, 0.3):
        code_square(r, image, w * r.uniform(0.5, 0.7), h * top, h * 0.3)
    text_block(r, image, w * 0.06, h * (top + 0.22), w * 0.94, h * 0.66, h * 0.035, ink)
    extras(r, image, ink)
    return Document(image, r.uniform(0.03, 0.07))


def data_page(r, store, near=None):
    """A passport's data page with its machine-readable zone."""
    image = canvas(r, PAGE * r.uniform(0.97, 1.03), store, near)
    h, w = image.shape[:2]
    if chance(r, 0.3):
        image[: int(h * r.uniform(0.06, 0.14))] = colour(r)
    ink = ink_for(r, image)
    ph = h * r.uniform(0.4, 0.52)
    pw = portrait_at(r, image, w * r.uniform(0.03, 0.07), h * r.uniform(0.14, 0.24), ph, store)
    if chance(r, 0.3):
        portrait_at(r, image, w * 0.78, h * 0.45, h * 0.22, store)
    text(image, w * 0.05, h * 0.1, word(r, 8, 22), h * 0.055, ink, FONTS[3], True)
    fields(r, image, w * 0.1 + pw, h * 0.17, w * 0.95, h * 0.72, ink)
    mrz(r, image, 2, 44, r.uniform(0.17, 0.24), pale(r) if chance(r, 0.4) else None)
    return Document(image, r.choice([0, 0.03]), kind="page")


def spread(r, store, near=None):
    """An open passport: the data page below (or above) another page; the data page counts."""
    page = data_page(r, store, near).image
    other = canvas(r, page.shape[1] / page.shape[0], store, page.mean((0, 1)))
    other = cv2.resize(other, (page.shape[1], page.shape[0]))
    k = r.random()
    h, w = other.shape[:2]
    if k < 0.5:
        text_block(r, other, w * 0.1, h * 0.15, w * 0.9, h * 0.85, h * 0.04, ink_for(r, other))
    elif k < 0.8:
        fields(r, other, w * 0.1, h * 0.3, w * 0.9, h * 0.8, ink_for(r, other))
    keep = 1.0 if chance(r, 0.6) else r.uniform(0.15, 0.9)
    rows = max(4, int(h * keep))
    other = other[-rows:]
    fold = int(r.integers(1, 4))
    other[-fold:] = (other[-fold:] * r.uniform(0.4, 0.8)).astype(np.uint8)
    page[:fold] = (page[:fold] * r.uniform(0.5, 0.95)).astype(np.uint8)
    if chance(r, 0.85):
        image = np.vstack([other, page])
        part = (0, rows / (rows + h), 1, 1)
    else:
        image = np.vstack([page, np.ascontiguousarray(other[::-1])])
        part = (0, 0, 1, h / (rows + h))
    return Document(image, 0.02, part, "page")


def cover(r, store, near=None):
    """A closed passport or booklet."""
    aspect = 1 / PAGE
    image = np.empty((LONG, int(LONG * aspect), 3), np.uint8)
    base = colour(r, (60, 40, 50), 35)
    image[:] = base
    if chance(r, 0.4):
        image = noise(r, image.shape[1], LONG, base, 5)
    h, w = image.shape[:2]
    gold = colour(r, (110, 180, 210), 30)
    text(image, w * 0.2, h * 0.2, word(r, 6, 10), h * 0.045, gold, FONTS[3], True)
    cv2.circle(image, (w // 2, int(h * 0.48)), int(w * 0.2), gold, 3, cv2.LINE_AA)
    squiggle(r, image, w * 0.38, h * 0.48, w * 0.24, h * 0.1, gold, 2)
    text(image, w * 0.25, h * 0.8, word(r, 6, 9), h * 0.045, gold, FONTS[3], True)
    return Document(image, 0.04, kind="page")


def folded(r, image):
    """Shades as on paper that was folded or is not flat."""
    h, w = image.shape[:2]
    shade = np.ones((h, w), np.float32)
    for _ in range(int(r.integers(1, 4))):
        at, drop = r.uniform(0.15, 0.85), r.uniform(0.03, 0.15)
        if chance(r, 0.5):
            shade[int(h * at) :] -= drop
        else:
            shade[:, int(w * at) :] -= drop
    low = r.uniform(0.85, 1.08, (3, 3)).astype(np.float32)
    shade *= cv2.resize(low, (w, h), interpolation=cv2.INTER_CUBIC)
    return np.clip(image * cv2.blur(shade, (3, 3))[..., None], 0, 255).astype(np.uint8)


def sheet(r, store, near=None):
    """A sheet: letter, form, receipt, ruled or handwritten note, page with columns and pictures."""
    shares = [0.45, 0.2, 0.1, 0.25]
    aspect = r.choice([1 / 1.414, 1 / 1.294, 1.414, r.uniform(0.3, 1.1)], p=shares)
    image = np.empty((int(LONG / max(aspect, 1)), int(LONG * min(aspect, 1)), 3), np.uint8)
    image[:] = pale(r) if chance(r, 0.8) else colour(r, (190, 210, 220), 35)
    h, w = image.shape[:2]
    ink = dark(r) if chance(r, 0.85) else colour(r, (80, 60, 60), 40)
    margin = w * r.uniform(0.03, 0.13)
    size = max(2.5, h * r.uniform(0.008, 0.02))
    top = h * r.uniform(0.04, 0.12)
    if chance(r, 0.5):
        text(image, margin, top, word(r, 5, 20), size * r.uniform(1.5, 3), ink, FONTS[2], True)
        top += size * 3
    if chance(r, 0.12):
        image[: int(top)] = colour(r)
    low = h * r.uniform(0.4, 0.97)
    what = r.random()
    if what < 0.55:
        text_block(r, image, margin, top, w - margin, low, size, ink, r.uniform(1.8, 3))
    elif what < 0.75:
        columns = int(r.integers(2, 4))
        step = (w - margin) / columns
        for k in range(columns):
            x = margin + k * step
            text_block(r, image, x, top, x + step - margin / 2, low, size, ink)
    elif what < 0.92:
        for y in np.arange(top, low, h * r.uniform(0.03, 0.07)):
            length = (w - 2 * margin) * r.uniform(0.3, 1)
            squiggle(r, image, margin, y, length, size * 1.6, ink, int(r.integers(1, 3)))
    if chance(r, 0.25):
        for y in np.arange(top, h * 0.95, h * r.uniform(0.03, 0.08)):
            cv2.line(image, (int(margin), int(y)), (int(w - margin), int(y)), colour(r, ink, 60), 1)
    if chance(r, 0.12):
        for x in np.arange(margin, w, w * r.uniform(0.08, 0.3)):
            cv2.line(image, (int(x), int(top)), (int(x), int(h * 0.9)), colour(r, ink, 60), 1)
    for _ in range(int(r.choice(4, p=[0.65, 0.2, 0.1, 0.05]))):
        pw, ph = int(w * r.uniform(0.15, 0.8)), int(h * r.uniform(0.08, 0.4))
        x, y = r.uniform(0, w - pw), r.uniform(0, h - ph)
        paste(image, cut(r, store.photos, pw, ph), x, y)
    if chance(r, 0.45):
        image = folded(r, image)
    return Document(image, 0.0, kind="sheet" if what < 0.92 else "blank")


def plain(r, store, near=None):
    """A card or a sheet without a fixed layout: business card, voucher, ticket, label."""
    aspect = r.choice([CARD, 1.42, 1.75, r.uniform(1, 2.4)], p=[0.5, 0.1, 0.15, 0.25])
    image = canvas(r, aspect if chance(r, 0.75) else 1 / aspect, store, near)
    h, w = image.shape[:2]
    if chance(r, 0.4):
        bands(r, image)
    ink = ink_for(r, image)
    for _ in range(int(r.integers(1, 8))):
        size = h * r.uniform(0.03, 0.14)
        x, y = w * r.uniform(0.02, 0.6), h * r.uniform(0.1, 0.95)
        text(image, x, y, word(r, 3, 18), size, ink, FONTS[r.integers(5)], chance(r, 0.3))
    if chance(r, 0.3):
        pw, ph = int(w * r.uniform(0.1, 0.6)), int(h * r.uniform(0.2, 0.8))
        paste(image, cut(r, store.photos, pw, ph), r.uniform(0, w - pw), r.uniform(0, h - ph))
    if chance(r, 0.4):
        extras(r, image, ink)
    return Document(image, r.choice([0, r.uniform(0.02, 0.1)]), kind="plain")


MAKERS = (card_front, card_back, data_page, spread, cover, sheet, plain)
SHARES = (0.36, 0.08, 0.11, 0.06, 0.03, 0.23, 0.13)


def document(r, store, near=None, cards_only=False):
    """A random document."""
    if cards_only:
        maker = card_front if chance(r, 0.8) else card_back
    else:
        maker = MAKERS[r.choice(len(MAKERS), p=SHARES)]
    return maker(r, store, near)


def printed(r, doc):
    """How a document looks when it was copied: grey, black and white, pale."""
    grey = cv2.cvtColor(doc.image, cv2.COLOR_BGR2GRAY)
    k = r.random()
    if k < 0.3:
        level = int(np.clip(np.median(grey) * r.uniform(0.6, 1.0), 40, 220))
        grey = cv2.threshold(grey, level, 255, cv2.THRESH_BINARY)[1]
    elif k < 0.75:
        grey = np.clip(
            (grey.astype(np.float32) - 128) * r.uniform(0.8, 1.6) + r.uniform(128, 190), 0, 255
        ).astype(np.uint8)
    else:
        return Document(doc.image, doc.radius, doc.part, doc.kind)
    return Document(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), doc.radius, doc.part, doc.kind)
