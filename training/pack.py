"""Marked pictures with the search's candidates in one file: pack.py OUT.npz FOLDER ...

Each folder has a `quads.json` and what bench/collect-quads.ts wrote beside it.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch

import verifier

MOST = 32
#: Things of the scene generator that a sheet of paper may be taken for: neither right nor wrong to find.
UNDECIDED = {"poster", "book", "magazine", "whiteboard", "slab"}
QUALITY = 72


@dataclass
class Pictures:
    """Everything in pixels of the shrunk pictures, which lie at the left upper corner of their canvas."""

    canvas: torch.Tensor
    sizes: torch.Tensor
    quads: torch.Tensor
    has: torch.Tensor
    candidates: torch.Tensor
    counts: torch.Tensor


def clockwise(quad):
    quad = np.float32(quad)
    return quad[::-1] if cv2.contourArea(quad, True) < 0 else quad


def shrunk(points, scale):
    return (np.float32(points).reshape(-1, 4, 2) + 0.5) * scale - 0.5


def entries(folder):
    """(JPEG bytes, corners or None, candidates) of each picture."""
    found = {}
    for listing in folder.glob("candidates-*.json"):
        found.update(json.loads(listing.read_text()))
    for name, about in json.loads((folder / "quads.json").read_text()).items():
        if about["quad"] is None and about.get("design") in UNDECIDED:
            continue
        image = cv2.imread(str(folder / name))
        if image is None:
            continue
        scale = min(1.0, verifier.SOURCE_SIDE / max(image.shape[:2]))
        if scale < 1:
            h, w = (max(1, round(side * scale)) for side in image.shape[:2])
            image = cv2.resize(image, (w, h), interpolation=cv2.INTER_AREA)
        data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1]
        corners = about.get("seen") or about["quad"]
        corners = None if corners is None else clockwise(shrunk(corners, scale)[0])
        yield data.ravel(), corners, shrunk(found.get(name, [])[:MOST], scale)


def write(out, folders):
    jpegs, quads, has, candidates, counts = [], [], [], [], []
    for folder in folders:
        for data, quad, found in entries(Path(folder)):
            jpegs.append(data)
            has.append(quad is not None)
            quads.append(np.zeros((4, 2), np.float32) if quad is None else quad)
            counts.append(len(found))
            candidates.append(np.zeros((MOST, 4, 2), np.float32))
            candidates[-1][: len(found)] = found
    np.savez(
        out,
        jpegs=np.concatenate(jpegs),
        ends=np.cumsum([len(data) for data in jpegs]),
        quads=np.float32(quads),
        has=np.array(has),
        candidates=np.float16(candidates),
        counts=np.uint8(counts),
    )
    return len(jpegs)


def read(files):
    canvas, sizes, parts = [], [], []
    for file in files:
        kept = np.load(file)
        parts.append([kept[name] for name in ("quads", "has", "candidates", "counts")])
        data, start = kept["jpegs"], 0
        for end in kept["ends"]:
            image = cv2.imdecode(data[start:end], cv2.IMREAD_COLOR)[:, :, ::-1]
            start = end
            room = np.zeros((verifier.SOURCE_SIDE, verifier.SOURCE_SIDE, 3), np.uint8)
            room[: image.shape[0], : image.shape[1]] = image
            canvas.append(room.transpose(2, 0, 1))
            sizes.append((image.shape[1], image.shape[0]))
    quads, has, candidates, counts = (np.concatenate(part) for part in zip(*parts))
    return Pictures(
        torch.from_numpy(np.stack(canvas)),
        torch.tensor(sizes),
        torch.from_numpy(np.float32(quads)),
        torch.from_numpy(has),
        torch.from_numpy(np.float32(candidates)),
        torch.from_numpy(counts.astype(np.int64)),
    )


if __name__ == "__main__":
    print(write(sys.argv[1], sys.argv[2:]), "pictures")
