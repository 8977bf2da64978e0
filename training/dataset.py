"""Pictures to learn from: composed on the fly, and scenes of the project's generator."""

import json
import math
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import torch

from disturb import fish_eye, photometric
from drawing import chance, colour, rectangle
from placing import hide
from scenes import compose

#: How often each composed picture is shown, each time in another light and mirrored.
SHOWINGS = 3
POOL = 96


@dataclass
class Store:
    """Everything that is read from disk once."""

    #: photographs without a document
    pictures: list = field(default_factory=list)
    #: photographs and textures, for surfaces
    photos: list = field(default_factory=list)
    #: cut-out objects with transparency
    stamps: list = field(default_factory=list)
    #: cut-out people with transparency, for portraits on documents
    faces: list = field(default_factory=list)
    #: (file, corners or None) of the generator's scenes
    scenes: list = field(default_factory=list)


def read_pictures(folders):
    files = sorted(f for folder in folders for f in Path(folder).rglob("*.jpg"))
    return [image for image in (cv2.imread(str(f)) for f in files) if image is not None]


def read_stamps(folder, most=300, side=220):
    """Photographed objects on transparent ground."""
    stamps = []
    for file in sorted(Path(folder).rglob("*.png")):
        if "cartoon" in str(file) or "symbols" in str(file):
            continue
        image = cv2.imread(str(file), cv2.IMREAD_UNCHANGED)
        if image is None or image.ndim != 3 or image.shape[2] != 4 or image.dtype != np.uint8:
            continue
        scale = min(1.0, side / max(image.shape[:2]))
        if min(image.shape[:2]) * scale < 12:
            continue
        stamps.append(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
        if len(stamps) >= most:
            break
    return stamps


def read_scenes(folders):
    """Scenes drawn by the project's generator, shrunk to at most 400 px."""
    scenes = []
    for folder in folders:
        for listing in sorted(Path(folder).rglob("quads.json")):
            for name, truth in json.loads(listing.read_text()).items():
                image = cv2.imread(str(listing.parent / name))
                if image is None:
                    continue
                quad = truth.get("seen") or truth["quad"]
                quad = None if quad is None else np.float32(quad)
                scale = 400 / max(image.shape[:2])
                if scale < 1:
                    image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
                    quad = None if quad is None else (quad + 0.5) * scale - 0.5
                scenes.append((image, quad))
    return scenes


def load_store(pictures, textures, stamps, faces, scenes):
    own = read_pictures(pictures)
    return Store(
        pictures=own,
        photos=own + read_pictures(textures),
        stamps=read_stamps(stamps) if stamps else [],
        faces=read_stamps(faces) if faces else [],
        scenes=read_scenes(scenes),
    )


def from_scene(r, store, w, h):
    """A scene of the generator, turned, cut and seen from elsewhere."""
    image, quad = store.scenes[r.integers(len(store.scenes))]
    for _ in range(int(r.choice(4, p=[0.55, 0.15, 0.15, 0.15]))):
        quad = None if quad is None else np.float32([0, image.shape[1] - 1]) + quad[:, ::-1] * [1, -1]
        image = np.rot90(image)
    image = np.ascontiguousarray(image)
    ih, iw = image.shape[:2]
    scale = np.array([w / iw, h / ih])
    angle = 0.0
    if chance(r, 0.5):
        scale = scale * math.exp(r.uniform(-0.05, 0.4))
        angle = r.normal(0, 0.06) if chance(r, 0.6) else 0.0
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    linear = turn @ np.diag(scale)
    corners = (rectangle(iw, ih) - [iw / 2, ih / 2]) @ linear.T
    room = np.maximum(0, (corners.max(0) - corners.min(0) - [w, h]) / 2)
    shift = r.uniform(-room, room)
    if quad is not None:
        moved = (quad + 0.5 - [iw / 2, ih / 2]) @ linear.T + [w / 2, h / 2]
        size = np.ptp(moved, axis=0)
        spare = 0.02 * max(w, h)
        if (size > np.array([w, h]) * 1.02).any():
            linear = np.diag([w / iw, h / ih])
            shift = np.zeros(2)
        else:
            low, high = -moved.min(0) - spare, np.array([w, h]) - moved.max(0) + spare
            shift = np.clip(shift, np.minimum(low, high), np.maximum(low, high))
    move = np.eye(3)
    move[:2, :2] = linear
    move[:2, 2] = np.array([w / 2, h / 2]) + shift - linear @ [iw / 2, ih / 2]
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1.0]])
    move = np.linalg.inv(half) @ move @ half
    if chance(r, 0.25):
        tilt = np.eye(3)
        tilt[2, :2] = r.normal(0, 0.08, 2) / max(w, h)
        centre = np.array([[1, 0, w / 2], [0, 1, h / 2], [0, 0, 1.0]])
        move = centre @ tilt @ np.linalg.inv(centre) @ move
    mode = cv2.BORDER_REPLICATE if chance(r, 0.6) else cv2.BORDER_CONSTANT
    out = cv2.warpPerspective(
        image, move, (w, h), flags=cv2.INTER_AREA, borderMode=mode, borderValue=colour(r)
    )
    if quad is not None:
        quad = cv2.perspectiveTransform(np.float32(quad)[None], move)[0]
        if chance(r, 0.08):
            hide(r, out, quad, 1)
    return out, quad


def sample(r, store, w, h, composed, empty):
    """One picture and the corners of its document."""
    if store.scenes and not chance(r, composed):
        image, quad = from_scene(r, store, w, h)
    else:
        factor = 1.25
        cw, ch = int(w * factor), int(h * factor)
        image, quad = compose(r, store, cw, ch, chance(r, empty))
        image = cv2.resize(image, (w, h), interpolation=cv2.INTER_AREA)
        if quad is not None:
            quad = ((quad + 0.5) * [w / cw, h / ch] - 0.5).astype(np.float32)
    if chance(r, 0.06):
        image, quad = fish_eye(r, image, quad)
    if quad is not None and cv2.contourArea(np.float32(quad), True) < 0:
        quad = np.ascontiguousarray(quad[::-1])
    return image, quad


def mirrored(r, image, quad):
    h, w = image.shape[:2]
    if chance(r, 0.5):
        image = image[:, ::-1]
        quad = None if quad is None else (np.float32([w - 1, 0]) - quad * np.float32([1, -1]))[::-1]
    if chance(r, 0.15):
        image = image[::-1, ::-1]
        quad = None if quad is None else np.float32([w - 1, h - 1]) - quad
    return np.ascontiguousarray(image), quad


def targets(quad, w, h):
    """Mask and border at half the resolution, as uint8."""
    mw, mh = w // 2, h // 2
    mask = np.zeros((mh, mw), np.uint8)
    if quad is None:
        return mask, mask.copy()
    points = np.round((quad - 0.5) / 2 * 256).astype(np.int32)
    cv2.fillPoly(mask, [points], 255, cv2.LINE_AA, 8)
    # Sides on the picture's edge, or just outside it, are borders as well.
    inside = (quad - 0.5) / 2
    edge = np.clip(inside, 0, [mw - 1, mh - 1])
    inside = np.where(np.abs(inside - edge) < 2, edge, inside)
    lines = np.full((mh, mw), 255, np.uint8)
    cv2.polylines(lines, [np.round(inside * 256).astype(np.int32)], True, 0, 1, cv2.LINE_8, 8)
    distance = np.minimum(cv2.distanceTransform(lines, cv2.DIST_L2, 3), 20)
    return mask, (255 * np.exp(-distance * distance / 2)).astype(np.uint8)


class Batches(torch.utils.data.IterableDataset):
    """Endless batches; all pictures of a batch have one size."""

    def __init__(self, store, sizes, batch, seed, composed, empty):
        self.store, self.sizes, self.batch = store, sizes, batch
        self.seed, self.composed, self.empty = seed, composed, empty

    def __iter__(self):
        cv2.setNumThreads(1)
        worker = torch.utils.data.get_worker_info()
        r = np.random.default_rng([self.seed, worker.id if worker else 0])
        pools = {}
        while True:
            w, h = self.sizes[r.integers(len(self.sizes))]
            pool = pools.setdefault((w, h), [])
            images, maps, presence = [], [], []
            for _ in range(self.batch):
                if len(pool) >= POOL and not chance(r, 1 / SHOWINGS):
                    image, quad = pool[r.integers(len(pool))]
                else:
                    image, quad = sample(r, self.store, w, h, self.composed, self.empty)
                    if len(pool) < POOL:
                        pool.append((image, quad))
                    else:
                        pool[r.integers(len(pool))] = (image, quad)
                image, quad = mirrored(r, image, quad)
                image = photometric(r, image)
                images.append(image[:, :, ::-1])
                maps.append(np.stack(targets(quad, w, h)))
                presence.append(0.0 if quad is None else 1.0)
            yield (
                torch.from_numpy(np.stack(images)),
                torch.from_numpy(np.stack(maps)),
                torch.tensor(presence),
            )
