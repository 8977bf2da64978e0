"""Collects photographs and textures from unpacked Debian packages as small JPEGs.

Reads each folder `ROOT/<package>` for pictures, also inside zip archives (pk3) and Qt resource
files (rcc); shrinks them to at most 512 px, drops icons, drawings with few colours and
near-duplicates, and writes `OUT/<package>/<number>.jpg` with `OUT/manifest.json`.
"""

import argparse
import json
import re
import zipfile
from pathlib import Path

import cv2
import numpy as np

SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".tga", ".bmp")
LONG_SIDE = 512
SHORTEST = 110
#: Paths that hold icons, masks, normal maps, fonts, flags, user interface and drawn things.
SKIP = re.compile(
    r"icon|cursor|/ui/|gui/|font|normal|_nor?m\.|_n\.|_local|_norm|gloss|bump|specular|_glow"
    r"|_luma|mask|alpha|brush|gradient|cartoon|symbols|flags?/|hicolor|buttons?/|logo"
    r"|skycultures|tool_icons|emblem|tango|html/_images/sphx|math|inherit_graph|dir_"
    # pictures with a sheet, a page or a card in them
    r"|sudoku|aruco|marker|chess|board|newspaper|notes|page|sheet|text(?!ure)|box|card|book|detect_"
    r"|qr|charuco|calib|left\d|right\d|homography|perspective|scan|letter|(?<!wall)paper",
    re.IGNORECASE,
)


def pictures_in_archive(path):
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if name.lower().endswith(SUFFIXES):
                yield name, archive.read(name)


def pictures_in_rcc(path):
    """Qt resources: each stored file is preceded by its length as 32-bit big endian."""
    data = path.read_bytes()
    starts = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF....WEBP", re.DOTALL)
    for match in starts.finditer(data):
        at = match.start()
        length = int.from_bytes(data[at - 4 : at], "big")
        if 4000 < length < 20_000_000 and at + length <= len(data):
            yield f"{path.name}@{at}", data[at : at + length]


def pictures_in(folder):
    """All pictures of a package: (name, bytes)."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        name = str(path.relative_to(folder))
        suffix = path.suffix.lower()
        if suffix in SUFFIXES and path.stat().st_size > 6000:
            yield name, path.read_bytes()
        elif suffix in (".pk3", ".zip"):
            yield from pictures_in_archive(path)
        elif suffix == ".rcc":
            yield from pictures_in_rcc(path)


def decode(data):
    """BGR picture at a reduced size, transparent parts over white; None if not to be had."""
    flag = cv2.IMREAD_UNCHANGED
    if data[:3] == b"\xff\xd8\xff":
        flag = cv2.IMREAD_REDUCED_COLOR_4 if len(data) > 1_500_000 else cv2.IMREAD_COLOR
    image = cv2.imdecode(np.frombuffer(data, np.uint8), flag)
    if image is None or image.dtype != np.uint8:
        return None
    if image.ndim == 2:
        return cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)
    if image.shape[2] == 4:
        alpha = image[:, :, 3:].astype(np.float32) / 255
        if alpha.mean() < 0.9:
            return None
        return (image[:, :, :3] * alpha + 255 * (1 - alpha)).astype(np.uint8)
    return image


def shrink(image):
    scale = LONG_SIDE / max(image.shape[:2])
    if scale >= 1:
        return image
    return cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def is_varied(image):
    """Whether this is a photograph or a texture rather than an icon or a flat drawing."""
    small = cv2.resize(image, (64, 64), interpolation=cv2.INTER_NEAREST)
    colours = len(np.unique((small >> 3).reshape(-1, 3), axis=0))
    return colours > 90 and small.std() > 9


def fingerprint(image):
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    tiny = cv2.resize(grey, (9, 8), interpolation=cv2.INTER_AREA).astype(np.int16)
    return np.packbits((tiny[:, 1:] > tiny[:, :-1]).ravel())


def collect(root, out, packages, default_limit, near):
    manifest = {}
    seen = np.zeros((0, 8), np.uint8)
    for package in packages:
        package, _, own_limit = package.partition(":")
        limit = int(own_limit or default_limit)
        kept = 0
        target = out / package
        target.mkdir(parents=True, exist_ok=True)
        files = [(n, d) for n, d in pictures_in(root / package) if not SKIP.search(n)]
        step = max(1.0, len(files) / (2.5 * limit))
        for k in range(int(len(files) / step)):
            name, data = files[int(k * step)]
            if kept >= limit:
                break
            image = decode(data)
            if image is None or min(image.shape[:2]) < SHORTEST:
                continue
            image = shrink(image)
            if min(image.shape[:2]) < SHORTEST or not is_varied(image):
                continue
            mark = fingerprint(image)
            distance = np.unpackbits(seen ^ mark, axis=1).sum(1)
            if len(seen) and distance.min() <= near:
                continue
            seen = np.vstack([seen, mark])
            file = f"{package}/{kept:04d}.jpg"
            cv2.imwrite(str(out / file), image, [cv2.IMWRITE_JPEG_QUALITY, 88])
            manifest[file] = name
            kept += 1
        print(f"{package}: {kept} of {len(files)}", flush=True)
    (out / "manifest.json").write_text(json.dumps(manifest, indent=0) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path, help="folder of unpacked packages")
    parser.add_argument("out", type=Path)
    parser.add_argument("packages", nargs="+", help="NAME or NAME:LIMIT")
    parser.add_argument("--limit", type=int, default=400, help="most pictures of one package")
    parser.add_argument("--near", type=int, default=5, help="bits in which duplicates differ")
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    collect(arguments.root, arguments.out, arguments.packages, arguments.limit, arguments.near)


if __name__ == "__main__":
    main()
