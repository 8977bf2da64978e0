"""Writes composed pictures with their truth to a folder, for the trees that rate candidates."""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np

import dataset
import disturb
import documents
import scenes

SHAPES = ((8, 6), (8, 6), (6, 8), (8, 8), (8, 5), (5, 8))


def sheet_on_something(r, store, w, h):
    image, quad = scenes.photo_of_document(r, store, w, h, make=documents.sheet)
    return (scenes.uneven(r, image) if r.random() < 0.35 else image), quad


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", nargs="+", required=True, help="folders of photos.py")
    parser.add_argument("--textures", nargs="*", default=[], help="folders of photos.py")
    parser.add_argument("--stamps", help="folder of cut-out objects (PNG with transparency)")
    parser.add_argument("--faces", help="folder of cut-out people (PNG with transparency)")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--long-side", type=int, default=760, help="0.6 to 1.2 times that")
    parser.add_argument("--empty", type=float, default=0.35, help="share without a document")
    parser.add_argument("--sheets", action="store_true", help="sheets only, all of them shown")
    parser.add_argument("--pale", action="store_true", help="only documents of nearly the colour of their table")
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    store = dataset.load_store(
        arguments.pictures, arguments.textures, arguments.stamps, arguments.faces, []
    )
    arguments.out.mkdir(parents=True, exist_ok=True)
    r = np.random.default_rng(arguments.seed)
    listing = {}
    for index in range(arguments.count):
        shape = SHAPES[r.integers(len(SHAPES))]
        long_side = int(arguments.long_side * r.uniform(0.6, 1.2))
        w, h = (int(long_side * n / 8) for n in shape)
        if arguments.sheets:
            image, quad = sheet_on_something(r, store, w, h)
        elif arguments.pale:
            image, quad = scenes.pale_on_pale(r, store, w, h)
            image = scenes.uneven(r, image) if r.random() < 0.5 else image
        else:
            image, quad = scenes.compose(r, store, w, h, r.random() < arguments.empty)
        image = disturb.photometric(r, image)
        name = f"{index:04d}.jpg"
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(r.integers(60, 96))]
        cv2.imwrite(str(arguments.out / name), image, quality)
        if quad is not None and cv2.contourArea(np.float32(quad), True) < 0:
            quad = quad[::-1]
        corners = None if quad is None else [[float(x), float(y)] for x, y in quad]
        listing[name] = {"quad": corners, "kind": "composed"}
    (arguments.out / "quads.json").write_text(json.dumps(listing))


if __name__ == "__main__":
    main()
