"""Surfaces, and how flat things are laid on them: perspective, shadow, clutter, fingers, glare."""

import math

import cv2
import numpy as np

from drawing import blend, chance, colour, cut, dark, noise, pale, rectangle, text_block


def background(r, photos, w, h, print_too=True):
    """A surface: photograph, texture, procedural, tiles, printed page."""
    k = r.random()
    if k < 0.55:
        image = cut(r, photos, w, h)
    elif k < 0.62 and print_too:
        image = np.empty((h, w, 3), np.uint8)
        image[:] = pale(r)
        text_block(r, image, -5, -5, w + 5, h + 5, r.uniform(4, 14), dark(r))
    elif k < 0.72:
        image = np.empty((h, w, 3), np.uint8)
        image[:] = pale(r) if chance(r, 0.5) else colour(r)
    else:
        image = noise(r, w, h, colour(r), r.choice([1, 4, 10, 25]))
    k = r.random()
    if k < 0.14:
        tiles(r, image)
    elif k < 0.24:
        corners = np.int32(np.c_[r.uniform(-w, 2 * w, 3), r.uniform(-h, 2 * h, 3)])
        cv2.fillPoly(image, [corners], colour(r), cv2.LINE_AA)
    if chance(r, 0.12):
        image = cv2.GaussianBlur(image, (0, 0), r.uniform(1, 5))
    return image


def tiles(r, image):
    """Planks, tiles or a grid of lines."""
    h, w = image.shape[:2]
    n, angle = int(r.integers(2, 14)), r.uniform(0, math.pi)
    reach, thick = 3 * (w + h), int(r.integers(1, 5))
    for _ in range(1 if chance(r, 0.45) else 2):
        near = image[r.integers(h), r.integers(w)]
        ink = colour(r, near, r.choice([8, 25, 70]))
        gap, fan = max(w, h) / n, r.normal(0, 0.02)
        for i in range(-n, 2 * n):
            a = angle + fan * (i - n / 2)
            side = np.array([-math.sin(angle), math.cos(angle)]) * (i - n / 2) * gap
            centre = np.array([w / 2, h / 2]) + side
            along = np.array([math.cos(a), math.sin(a)]) * reach
            cv2.line(
                image,
                tuple(int(v) for v in centre - along),
                tuple(int(v) for v in centre + along),
                ink,
                thick,
                cv2.LINE_AA,
            )
        angle += math.pi / 2 + r.normal(0, 0.1)


def placed(r, w, h, aspect, low=0.05, high=0.85, slack=0.06):
    """Corners of a rectangle of this proportion, seen in perspective somewhere in the frame."""
    for _ in range(40):
        area = math.exp(r.uniform(math.log(low), math.log(high))) * w * h
        width = math.sqrt(area * aspect)
        corners = (rectangle(width, width / aspect) - [width / 2, width / aspect / 2]).astype(float)
        if chance(r, 0.25):
            angle = r.uniform(0, 2 * math.pi)
        else:
            quarter = r.choice(4, p=[0.6, 0.15, 0.1, 0.15])
            angle = quarter * math.pi / 2 + r.normal(0, 0.1)
        turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
        points = corners @ turn.T
        tilt, axis = abs(r.normal(0, 0.35)), r.uniform(0, 2 * math.pi)
        focal = r.uniform(1.0, 3.0) * max(w, h)
        direction = np.array([math.cos(axis), math.sin(axis)])
        along = points @ direction
        points = points + np.outer(along * (math.cos(tilt) - 1), direction)
        points = points * (focal / (focal + along * math.sin(tilt)))[:, None]
        out = slack if chance(r, 0.25) else -0.01
        least = -points.min(0) - out * np.array([w, h])
        most = np.array([w, h]) - points.max(0) + out * np.array([w, h])
        if (least <= most).all():
            return (points + r.uniform(least, most)).astype(np.float32)
    return None


def rounded(w, h, radius):
    """Alpha of a rectangle with rounded corners."""
    alpha = np.ones((h, w), np.float32)
    k = int(radius * min(w, h))
    if k < 2:
        return alpha
    alpha[:] = 0
    cv2.rectangle(alpha, (k, 0), (w - 1 - k, h - 1), 1, -1)
    cv2.rectangle(alpha, (0, k), (w - 1, h - 1 - k), 1, -1)
    for x in (k, w - 1 - k):
        for y in (k, h - 1 - k):
            cv2.circle(alpha, (x, y), k, 1, -1, cv2.LINE_AA)
    return alpha


def lay(r, image, flat, quad, radius=0.0, shadow=0.5, light=1.0):
    """Lays a flat picture into a quadrilateral of the scene, with a shadow around it."""
    h, w = image.shape[:2]
    size = math.sqrt(abs(cv2.contourArea(quad)) / (flat.shape[0] * flat.shape[1]))
    if size < 0.8:
        flat = cv2.resize(flat, None, fx=size, fy=size, interpolation=cv2.INTER_AREA)
    fh, fw = flat.shape[:2]
    place = cv2.getPerspectiveTransform(rectangle(fw, fh) - 0.5, quad)
    laid = cv2.warpPerspective(flat, place, (w, h), borderMode=cv2.BORDER_REPLICATE)
    alpha = cv2.warpPerspective(rounded(fw, fh, radius), place, (w, h))
    if chance(r, 0.4):
        alpha = cv2.GaussianBlur(alpha, (0, 0), r.uniform(0.4, 1.0))
    out = image.astype(np.float32)
    if shadow and chance(r, 0.6):
        dx, dy = r.normal(0, 3, 2)
        moved = cv2.warpAffine(alpha, np.float32([[1, 0, dx], [0, 1, dy]]), (w, h))
        soft = cv2.GaussianBlur(moved, (0, 0), r.uniform(0.7, 6)) * r.uniform(0, shadow)
        out *= 1 - soft[..., None]
    out += (np.clip(laid * light, 0, 255) - out) * alpha[..., None]
    return np.clip(out, 0, 255).astype(np.uint8)


def part_of(quad, part):
    """The corners of a part of a flat document after it was laid into `quad`."""
    if part is None:
        return quad
    x0, y0, x1, y1 = part
    inner = np.float32([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])
    return cv2.perspectiveTransform(inner[None], cv2.getPerspectiveTransform(rectangle(1, 1), quad))[0]


def clutter(r, image, stamps, count, keep_off=None):
    """Things that lie about: cut-out objects, shapes, cables."""
    h, w = image.shape[:2]
    for _ in range(count):
        k = r.random()
        if k < 0.5 and stamps:
            stamp = stamps[r.integers(len(stamps))]
            size = r.uniform(0.1, 0.5) * max(w, h) / max(stamp.shape[:2])
            stamp = cv2.resize(stamp, None, fx=size, fy=size, interpolation=cv2.INTER_AREA)
            sh, sw = stamp.shape[:2]
            x, y = int(r.uniform(-sw / 2, w - sw / 2)), int(r.uniform(-sh / 2, h - sh / 2))
            x0, y0, x1, y1 = max(0, x), max(0, y), min(w, x + sw), min(h, y + sh)
            if x1 - x0 < 2 or y1 - y0 < 2:
                continue
            piece = stamp[y0 - y : y1 - y, x0 - x : x1 - x]
            alpha = piece[..., 3].astype(np.float32) / 255
            image[y0:y1, x0:x1] = blend(image[y0:y1, x0:x1], piece[..., :3], alpha)
            continue
        centre, size, ink = (int(r.integers(w)), int(r.integers(h))), int(r.uniform(5, 60)), colour(r)
        if k < 0.65:
            cv2.circle(image, centre, size, ink, -1 if chance(r, 0.5) else 2, cv2.LINE_AA)
        elif k < 0.8:
            points = np.array(centre) + r.normal(0, size, (int(r.choice([3, 5, 6])), 2))
            cv2.fillPoly(image, [np.int32(points)], ink, cv2.LINE_AA)
        else:
            points = np.cumsum(np.vstack([centre, r.normal(0, size, (6, 2))]), 0)
            cv2.polylines(image, [np.int32(points)], False, ink, int(r.integers(1, 8)), cv2.LINE_AA)


def hide(r, image, quad, count):
    """Fingers, pens, cables and scraps across the sides of a document."""
    h, w = image.shape[:2]
    centre = quad.mean(0)
    scale = math.sqrt(abs(cv2.contourArea(quad)))
    skin = colour(r, (120, 150, 205), 40)
    for _ in range(count):
        k, t = r.integers(4), r.random()
        point = quad[k] * (1 - t) + quad[(k + 1) % 4] * t
        outward = (point - centre) / (np.linalg.norm(point - centre) + 1e-6)
        size = r.uniform(0.06, 0.2) * scale
        mask = np.zeros((h, w), np.float32)
        what = r.random()
        if what < 0.55:
            tip = point - outward * size * r.uniform(0, 1.2)
            end = point + outward * size * r.uniform(2, 6) + r.normal(0, size, 2)
            thick = max(2, int(size * r.uniform(0.5, 1.0)))
            cv2.line(mask, tuple(int(v) for v in tip), tuple(int(v) for v in end), 1, thick, cv2.LINE_AA)
            fill = colour(r, skin, 10)
        elif what < 0.75:
            bow = np.vstack([point, point + r.normal(0, scale * 0.4, (3, 2))])
            cv2.polylines(mask, [np.int32(bow)], False, 1, int(r.integers(1, 6)), cv2.LINE_AA)
            fill = colour(r)
        else:
            cv2.fillPoly(mask, [np.int32(point + r.normal(0, size, (4, 2)))], 1, cv2.LINE_AA)
            fill = colour(r)
        soft = cv2.GaussianBlur(mask, (0, 0), 0.6)
        shade = np.clip(np.float32(fill) * r.uniform(0.85, 1.1), 0, 255)
        image[:] = blend(image, shade, soft)


def shine(r, image, quad):
    """Glare or a hologram over a document."""
    h, w = image.shape[:2]
    spot = np.zeros((h, w), np.float32)
    scale = math.sqrt(abs(cv2.contourArea(quad)))
    place = quad.mean(0) + r.normal(0, scale * 0.3, 2)
    axes = (int(scale * r.uniform(0.05, 0.4)) + 1, int(scale * r.uniform(0.03, 0.15)) + 1)
    cv2.ellipse(spot, tuple(int(v) for v in place), axes, r.uniform(0, 360), 0, 360, 1, -1)
    spot = cv2.GaussianBlur(spot, (0, 0), max(1, scale * r.uniform(0.02, 0.1)))[..., None]
    tint = np.float32((255, 255, 255)) if chance(r, 0.7) else np.float32(colour(r))
    image[:] = np.clip(image + spot * tint * r.uniform(0.3, 1.0), 0, 255).astype(np.uint8)
