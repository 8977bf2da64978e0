"""Composes pictures with and without a document.

`compose` returns a BGR picture and the corners of the document (float32 4x2, clockwise, pixel
centres at integers), or None where there is none.
"""

import math

import cv2
import numpy as np

import documents
from drawing import blend, chance, colour, cut, dark, noise, pale, rectangle, text_block
from empty import screen, without_document
from placing import background, clutter, hide, lay, part_of, placed, shine


def photo_of_document(r, store, w, h, make=documents.document):
    """A document on some surface, as photographed; `make` draws it."""
    photos = store.photos
    image = background(r, photos, w, h)
    if chance(r, 0.3):
        clutter(r, image, store.stamps, int(r.integers(1, 5)))
    near = image[h // 2, w // 2] if chance(r, 0.3) else None
    doc = make(r, store, near)
    aspect = doc.image.shape[1] / doc.image.shape[0]
    quad = placed(r, w, h, aspect)
    if quad is None:
        return image, None
    if doc.kind not in ("sheet", "blank") and chance(r, 0.22):
        image = underlay(r, image, store, quad)
    image = lay(r, image, doc.image, quad, doc.radius, light=r.uniform(0.65, 1.12))
    truth = part_of(quad, doc.part)
    if chance(r, 0.08):
        sleeve(r, image, quad)
    if chance(r, 0.2):
        shine(r, image, quad)
    if chance(r, 0.33):
        hide(r, image, quad, int(r.integers(1, 4)))
    return image, truth


def pale_on_pale(r, store, w, h):
    """A document of nearly the colour of its table."""
    base = pale(r) if chance(r, 0.7) else colour(r)
    image = noise(r, w, h, base, r.choice([0.5, 1.5, 4]))
    if chance(r, 0.3):
        corners = np.int32(np.c_[r.uniform(-w, 2 * w, 3), r.uniform(-h, 2 * h, 3)])
        cv2.fillPoly(image, [corners], colour(r, base, 12), cv2.LINE_AA)
    if chance(r, 0.2):
        clutter(r, image, store.stamps, int(r.integers(1, 4)))
    doc = documents.like_its_ground(r, store, base)
    quad = placed(r, w, h, doc.image.shape[1] / doc.image.shape[0])
    if quad is None:
        return image, None
    image = lay(r, image, doc.image, quad, doc.radius, shadow=0.25)
    if chance(r, 0.15):
        shine(r, image, quad)
    if chance(r, 0.35):
        hide(r, image, quad, int(r.integers(1, 3)))
    return image, quad


def underlay(r, image, store, quad):
    """A larger rectangle under a card: form, magazine, mat, wallet."""
    centre = quad.mean(0)
    grow = r.uniform(1.15, 2.4, 2) if chance(r, 0.6) else np.full(2, r.uniform(1.1, 2))
    axes = np.float32([quad[1] - quad[0], quad[3] - quad[0]])
    local = np.float32([[-1, -1], [1, -1], [1, 1], [-1, 1]]) / 2 * grow + r.normal(0, 0.12, 2)
    big = (centre + local @ axes).astype(np.float32)
    k = r.random()
    if k < 0.4:
        flat = documents.sheet(r, store).image
    elif k < 0.6:
        flat = cut(r, store.photos, 200, 200)
    elif k < 0.75:
        flat = noise(r, 200, 200, colour(r), 6)
    else:
        flat = np.empty((120, 120, 3), np.uint8)
        flat[:] = colour(r) if chance(r, 0.6) else pale(r)
    return lay(r, image, flat, big, light=r.uniform(0.7, 1.1))


def sleeve(r, image, quad):
    """A transparent cover slightly larger than the card."""
    big = quad.mean(0) + (quad - quad.mean(0)) * r.uniform(1.04, 1.2)
    mask = np.zeros(image.shape[:2], np.float32)
    cv2.fillPoly(mask, [np.int32(big)], r.uniform(0.08, 0.3), cv2.LINE_AA)
    image[:] = blend(image, np.float32((235, 235, 235)), mask)
    cv2.polylines(image, [np.int32(big)], True, colour(r, (200, 200, 200), 40), 1, cv2.LINE_AA)


def cropped(r, store, w, h):
    """A scan or crop to the document's edge, with or without a thin margin."""
    doc = documents.document(r, store)
    while doc.kind in ("plain", "blank"):
        doc = documents.document(r, store)
    turned = (doc.image.shape[1] >= doc.image.shape[0]) != (w >= h)
    flat, part = doc.image, doc.part
    if turned and part is None:
        flat = np.ascontiguousarray(np.rot90(flat))
    image = np.empty((h, w, 3), np.uint8)
    k = r.random()
    if k < 0.6:
        image[:] = (255, 255, 255) if chance(r, 0.7) else pale(r)
    elif k < 0.75:
        image[:] = dark(r)
    else:
        image = background(r, store.photos, w, h)
    frame = rectangle(w, h) - 0.5
    k = r.random()
    if k < 0.4:
        quad = frame
    else:
        spread = r.choice([0.01, 0.03, 0.08]) * min(w, h)
        if k < 0.6:
            sides = r.uniform(-0.6 * spread, spread, 4)
        else:
            sides = r.uniform(0, spread, 4)
        x0, y0, x1, y1 = sides
        quad = np.float32([[x0, y0], [w - x1, y0], [w - x1, h - y1], [x0, h - y1]]) - 0.5
        if chance(r, 0.35):
            quad = quad + r.normal(0, spread * 0.25, (4, 2)).astype(np.float32)
    image = lay(r, image, flat, quad.astype(np.float32), doc.radius, 0.2)
    return image, part_of(quad.astype(np.float32), part)


def copied(r, store, w, h):
    """A photocopy or print: a page with one card or two below each other on it.

    The card counts; of two equal ones the upper or left one.
    """
    photos = store.photos
    page = np.empty((h, w, 3), np.uint8)
    page[:] = (255, 255, 255) if chance(r, 0.6) else colour(r, (225, 225, 225), 15)
    doc = documents.document(r, store, cards_only=chance(r, 0.75))
    if doc.kind in ("sheet", "blank"):
        doc = documents.card_front(r, store)
    doc = documents.printed(r, doc) if chance(r, 0.8) else doc
    aspect = doc.image.shape[1] / doc.image.shape[0]
    two = chance(r, 0.4) and doc.part is None
    quad = None
    if two:
        beside = w > h * 1.2 and chance(r, 0.6)
        box = (w / 2, h) if beside else (w, h / 2)
        size = min(box[0], box[1] * aspect) * r.uniform(0.5, 0.95)
        cw, ch = size, size / aspect
        x, y = r.uniform(0, box[0] - cw), r.uniform(0, box[1] - ch)
        quad = (rectangle(cw, ch) + [x, y]).astype(np.float32)
        step = [box[0], r.normal(0, 2)] if beside else [r.normal(0, 3), box[1]]
        gap = np.float32(step) * (1.0 if chance(r, 0.5) else 0.92)
        second = documents.printed(r, documents.card_back(r, store))
        page = lay(r, page, second.image, (quad + gap).astype(np.float32), second.radius, 0.1)
    else:
        quad = placed(r, w, h, aspect, 0.08, 0.6, 0.0)
        if quad is None:
            return page, None
        centre = quad.mean(0)
        if chance(r, 0.7):
            size = math.sqrt(abs(cv2.contourArea(quad)) * aspect)
            size = min(size, w * 0.95, h * 0.95 * aspect)
            quad = rectangle(size, size / aspect) - [size / 2, size / aspect / 2] + centre
            low, high = -quad.min(0), np.array([w, h]) - quad.max(0)
            quad = (quad + np.clip(0, low, np.maximum(low, high))).astype(np.float32)
    page = lay(r, page, doc.image, quad, doc.radius if chance(r, 0.5) else 0, 0.1)
    if chance(r, 0.25):
        top = quad[:, 1].max() + 6 if not two else h
        text_block(r, page, w * 0.08, top, w * 0.92, h, r.uniform(3, 7), dark(r))
    if chance(r, 0.4):
        page = cv2.cvtColor(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    quad = part_of(quad, doc.part)
    if chance(r, 0.25):
        table = background(r, photos, w, h)
        spot = placed(r, w, h, w / h, 0.5, 0.95, 0.08)
        if spot is not None:
            place = cv2.getPerspectiveTransform(rectangle(w, h) - 0.5, spot)
            quad = cv2.perspectiveTransform(quad[None], place)[0]
            page = lay(r, table, page, spot)
    return page, quad


def on_screen(r, store, image, quad):
    """A screenshot with the picture in it, or the picture padded with bars."""
    h, w = image.shape[:2]
    size = r.uniform(0.6, 0.95)
    iw, ih = max(8, int(w * size)), max(8, int(h * size))
    small = cv2.resize(image, (iw, ih), interpolation=cv2.INTER_AREA)
    if chance(r, 0.5):
        ground = screen(r, store, w, h)
    else:
        ground = np.empty((h, w, 3), np.uint8)
        ground[:] = dark(r) if chance(r, 0.5) else (128, 128, 128)
    x, y = int(r.integers(0, w - iw + 1)), int(r.integers(0, h - ih + 1))
    ground[y : y + ih, x : x + iw] = small
    if quad is not None:
        scale = np.float32([iw / w, ih / h])
        quad = ((quad + 0.5) * scale - 0.5 + [x, y]).astype(np.float32)
    return ground, quad


def uneven(r, image):
    """Uneven light over the scene."""
    h, w = image.shape[:2]
    light = cv2.resize(r.uniform(0.6, 1.2, (3, 3)).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
    return np.clip(image * light[..., None], 0, 255).astype(np.uint8)


def compose(r, store, w, h, empty):
    """A picture of this size with a document, or without if `empty`."""
    if empty:
        image, quad = without_document(r, store, w, h), None
    else:
        k = r.random()
        make = photo_of_document if k < 0.62 else cropped if k < 0.82 else copied
        image, quad = make(r, store, w, h)
    if chance(r, 0.05):
        image, quad = on_screen(r, store, image, quad)
    if chance(r, 0.35):
        image = uneven(r, image)
    return image, quad
