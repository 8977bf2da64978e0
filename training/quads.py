"""A simple quadrilateral from the mask, and how well it covers the true one."""

import cv2
import numpy as np


def crossing(a, b):
    """Where two lines (normal, offset) meet; None if they hardly do."""
    (n, c), (m, d) = a, b
    det = n[0] * m[1] - n[1] * m[0]
    if abs(det) < 1e-3:
        return None
    return np.array([(c * m[1] - d * n[1]) / det, (n[0] * d - m[0] * c) / det])


def four_sides(hull):
    """A convex outline reduced to four corners by extending the sides that add least."""
    points = [np.float64(p) for p in hull.reshape(-1, 2)]
    while len(points) > 4:
        best = None
        for i in range(len(points)):
            a, b, c, d = (points[(i + k) % len(points)] for k in (-1, 0, 1, 2))
            u, v = b - a, d - c
            det = u[0] * v[1] - u[1] * v[0]
            if abs(det) < 1e-9:
                continue
            s = ((c[0] - a[0]) * v[1] - (c[1] - a[1]) * v[0]) / det
            t = ((c[0] - a[0]) * u[1] - (c[1] - a[1]) * u[0]) / det
            if s < 1 or t > 0:
                continue
            x = a + u * s
            added = abs((x - b)[0] * (c - b)[1] - (x - b)[1] * (c - b)[0]) / 2
            if best is None or added < best[0]:
                best = (added, i, x)
        if best is None:
            return None
        _, i, x = best
        points[i] = x
        del points[(i + 1) % len(points)]
    return np.array(points) if len(points) == 4 else None


def refit(outline, quad, width, height):
    """Lines through the middle of each side's outline points, those on the frame left out."""
    x, y = outline.T
    framed = (x < 0.7) | (y < 0.7) | (x > width - 1.7) | (y > height - 1.7)
    for _ in range(3):
        away, share = [], []
        for i in range(4):
            a, b = quad[i], quad[(i + 1) % 4]
            length = np.linalg.norm(b - a)
            if length < 2:
                return quad
            n = np.array([a[1] - b[1], b[0] - a[0]]) / length
            t = (outline - a) @ (b - a) / length**2
            beyond = np.maximum(np.maximum(-t, t - 1), 0) * length
            away.append(np.hypot((outline - a) @ n, beyond))
            share.append(t)
        nearest = np.argmin(away, 0)
        lines = []
        for i in range(4):
            chosen = (nearest == i) & (share[i] > 0.08) & (share[i] < 0.92)
            free = chosen & ~framed
            if free.sum() >= max(8, 0.15 * chosen.sum()):
                chosen = free
            if chosen.sum() < 6:
                a, b = quad[i], quad[(i + 1) % 4]
                n = np.array([a[1] - b[1], b[0] - a[0]]) / np.linalg.norm(b - a)
                lines.append((n, n @ a))
                continue
            vx, vy, px, py = cv2.fitLine(np.float32(outline[chosen]), cv2.DIST_HUBER, 0, 0.01, 0.01)
            n = np.array([-vy[0], vx[0]], np.float64)
            lines.append((n, n @ [px[0], py[0]]))
        corners = [crossing(lines[i - 1], lines[i]) for i in range(4)]
        if any(c is None for c in corners):
            return quad
        corners = np.array(corners)
        if np.abs(corners - quad).max() > 0.35 * max(width, height):
            return quad
        quad = corners
    return quad


def from_mask(mask, threshold=0.5, zoom=4):
    """The quadrilateral of the largest area above the threshold, in mask pixels; or None."""
    height, width = mask.shape
    framed = cv2.copyMakeBorder(mask, 2, 2, 2, 2, cv2.BORDER_CONSTANT, value=0)
    large = cv2.resize(framed, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_LINEAR)
    outlines, _ = cv2.findContours(
        (large > threshold).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
    )
    if not outlines:
        return None
    outline = max(outlines, key=cv2.contourArea)
    if cv2.contourArea(outline) < 0.008 * large.size:
        return None
    quad = four_sides(cv2.convexHull(outline))
    if quad is None:
        quad = cv2.boxPoints(cv2.minAreaRect(outline))

    def back(points):
        return (np.asarray(points, np.float64) + 0.5) / zoom - 0.5 - 2

    return refit(back(outline.reshape(-1, 2)), back(quad), width, height)


def area_of(polygon):
    """Signed area, positive where corners go clockwise in a picture."""
    if len(polygon) < 3:
        return 0.0
    x, y = (np.asarray(polygon, np.float64) - polygon[0]).T
    return float((x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2)


def clipped(polygon, window):
    """A convex polygon cut to another one; both clockwise."""
    for a, b in zip(window, np.roll(window, -1, 0)):
        kept = []
        side = [(b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) for p in polygon]
        for i, p in enumerate(polygon):
            q, u, v = polygon[i - 1], side[i - 1], side[i]
            if (u >= 0) != (v >= 0):
                kept.append(q + (p - q) * (u / (u - v)))
            if v >= 0:
                kept.append(p)
        polygon = kept
        if len(polygon) < 3:
            return []
    return polygon


def overlap(quad, truth, width, height):
    """Intersection over union, both clipped to the frame; no answer counts 0."""
    if quad is None:
        return 0.0
    frame = np.array([[0, 0], [width, 0], [width, height], [0, height]]) - 0.5
    shapes = []
    for corners in (quad, truth):
        hull = cv2.convexHull(np.float32(corners)).reshape(-1, 2).astype(np.float64)
        shapes.append(clipped(list(hull if area_of(hull) > 0 else hull[::-1]), frame))
    first, second = (area_of(shape) for shape in shapes)
    if min(first, second) < 1:
        return 0.0
    both = area_of(clipped(shapes[0], np.array(shapes[1])))
    return both / (first + second - both)
