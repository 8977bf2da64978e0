"""What cameras, copiers and senders do to a picture: light, colour, blur, noise, compression."""

import cv2
import numpy as np

from drawing import chance


def motion(r, image):
    """Blur along a direction."""
    n = int(r.integers(3, 9))
    kernel = np.zeros((n, n), np.float32)
    angle = r.uniform(0, np.pi)
    d = np.array([np.cos(angle), np.sin(angle)]) * n / 2
    c = (n - 1) / 2
    ends = (int(c - d[0]), int(c - d[1])), (int(c + d[0]), int(c + d[1]))
    cv2.line(kernel, *ends, 1.0, 1)
    return cv2.filter2D(image, -1, kernel / max(kernel.sum(), 1))


def photometric(r, image):
    """A lasting picture of a scene under another light and with another camera."""
    x = image
    if chance(r, 0.06):
        x = motion(r, x)
    x = x.astype(np.float32)
    if chance(r, 0.75):
        x = (x - 128) * r.uniform(0.55, 1.35) + 128 + r.normal(0, 22)
    if chance(r, 0.5):
        x = x * r.uniform(0.85, 1.18, 3).astype(np.float32)
    if chance(r, 0.25):
        x = 255 * (np.clip(x, 0, 255) / 255) ** np.float32(np.exp(r.normal(0, 0.35)))
    if chance(r, 0.12):
        x = np.repeat(x.mean(2, keepdims=True), 3, 2)
    if chance(r, 0.06):
        x = np.ascontiguousarray(x[:, :, r.permutation(3)])
    if chance(r, 0.25):
        x = cv2.GaussianBlur(x, (0, 0), r.uniform(0.3, 1.3))
    if chance(r, 0.1):
        x = x + (x - cv2.GaussianBlur(x, (0, 0), 1.2)) * r.uniform(0.3, 1.2)
    if chance(r, 0.35):
        x = x + r.standard_normal(x.shape, np.float32) * np.float32(abs(r.normal(0, 7)))
    x = np.clip(x, 0, 255).astype(np.uint8)
    if chance(r, 0.2):
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(r.integers(15, 90))]
        x = cv2.imdecode(cv2.imencode(".jpg", x, quality)[1], cv2.IMREAD_COLOR)
    return x


def fish_eye(r, image, quad):
    """Slight barrel or pincushion distortion; corners move along."""
    h, w = image.shape[:2]
    k = np.float32(r.uniform(-0.12, 0.16))
    c = np.float32([(w - 1) / 2, (h - 1) / 2])
    norm = np.float32(max(w, h) / 2)
    ys, xs = np.mgrid[0:h, 0:w].astype(np.float32)
    dx, dy = (xs - c[0]) / norm, (ys - c[1]) / norm
    f = 1 + k * (dx * dx + dy * dy)
    mode = cv2.BORDER_REPLICATE
    out = cv2.remap(image, c[0] + dx * f * norm, c[1] + dy * f * norm, cv2.INTER_LINEAR, borderMode=mode)
    if quad is None:
        return out, None
    target = (quad - c) / norm
    p = target.copy()
    for _ in range(8):
        p = target / (1 + k * (p * p).sum(1, keepdims=True))
    return out, (p * norm + c).astype(np.float32)
