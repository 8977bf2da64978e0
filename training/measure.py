"""Measures a checkpoint on folders of marked photos (quads.json) and on folders without documents.

Prints, per folder (and level), the overlap of a simple quadrilateral from the mask with the truth,
and how well the presence tells pictures with a document from those without.
"""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
import torch

import model
import quads


def network_size(width, height, long_side):
    """Long side as wanted, short side the nearest multiple of 32, at least 96."""
    short = max(96, round(long_side * min(width, height) / max(width, height) / 32) * 32)
    return (long_side, short) if width >= height else (short, long_side)


def prepared(image, long_side, letterbox):
    """The network's picture, and where the photo lies in it: x, y, width, height."""
    height, width = image.shape[:2]
    if not letterbox:
        w, h = network_size(width, height, long_side)
        return cv2.resize(image, (w, h), interpolation=cv2.INTER_AREA), (0, 0, w, h)
    scale = long_side / max(width, height)
    w, h = max(1, round(width * scale)), max(1, round(height * scale))
    full_w, full_h = -(-w // 32) * 32, -(-h // 32) * 32
    x, y = (full_w - w) // 2, (full_h - h) // 2
    ground = np.full((full_h, full_w, 3), 128, np.uint8)
    ground[y : y + h, x : x + w] = cv2.resize(image, (w, h), interpolation=cv2.INTER_AREA)
    return ground, (x, y, w, h)


@torch.no_grad()
def look(net, image, long_side, letterbox=False):
    """(quadrilateral in photo pixels or None, presence) of a BGR photo."""
    height, width = image.shape[:2]
    ready, (x, y, w, h) = prepared(image, long_side, letterbox)
    rgb = torch.from_numpy(np.ascontiguousarray(ready[None, :, :, ::-1]))
    maps, presence = net(model.normalise(rgb))
    mask, _ = model.logits_of(maps)
    quad = quads.from_mask(mask[0].sigmoid().numpy())
    if quad is not None:
        inside = (quad + 0.5) * 2 - [x, y]
        quad = inside * [width / w, height / h] - 0.5
    return quad, float(torch.sigmoid(presence)[0])


def read_folder(folder):
    """(name, photo, truth or None, group) of a folder with quads.json, or all of it as empty."""
    listing = folder / "quads.json"
    if listing.exists():
        for name, truth in json.loads(listing.read_text()).items():
            image = cv2.imread(str(folder / name))
            if image is not None:
                yield name, image, truth["quad"], truth.get("group") or truth.get("level") or ""
        return
    for file in sorted(folder.rglob("*.jpg")):
        yield str(file.relative_to(folder)), cv2.imread(str(file)), None, ""


def separation(with_document, without):
    """Area under the curve, false alarms at 95 % found, found at 1, 2, 5 % false alarms."""
    positive, negative = np.array(with_document), np.array(without)
    above = (positive[:, None] > negative[None]).mean()
    same = (positive[:, None] == negative[None]).mean()
    threshold = np.quantile(positive, 0.05)
    found = [float((positive > np.quantile(negative, 1 - p)).mean()) for p in (0.01, 0.02, 0.05)]
    return above + same / 2, float((negative >= threshold).mean()), found


def report(rows, name, width=34):
    values = np.array([r["iou"] for r in rows])
    print(
        f"{name:{width}s} {len(rows):4d}  IoU {values.mean():.3f}  >=.90 {np.mean(values >= 0.9):.2f}"
        f"  >=.80 {np.mean(values >= 0.8):.2f}  presence median "
        f"{np.median([r['presence'] for r in rows]):.2f}"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--long-side", type=int, default=256)
    parser.add_argument("--letterbox", action="store_true", help="pad with grey, do not stretch")
    parser.add_argument("--json", type=Path, help="write what was found, photo by photo")
    parser.add_argument("--groups", action="store_true", help="also by level or group")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    net = model.load(arguments.checkpoint)
    everything, without = {}, {}
    for folder in arguments.folders:
        rows = []
        for name, image, truth, group in read_folder(folder):
            quad, presence = look(net, image, arguments.long_side, arguments.letterbox)
            height, width = image.shape[:2]
            iou = None if truth is None else quads.overlap(quad, truth, width, height)
            rows.append(
                {
                    "file": name,
                    "group": group,
                    "presence": presence,
                    "iou": iou,
                    "quad": None if quad is None else quad.tolist(),
                }
            )
        everything[folder.name] = rows
        marked = [r for r in rows if r["iou"] is not None]
        if marked:
            report(marked, folder.name)
            groups = sorted({r["group"] for r in marked})
            if len(groups) <= 4 or arguments.groups:
                for group in groups:
                    report([r for r in marked if r["group"] == group], f"  {group}")
        empty = [r["presence"] for r in rows if r["iou"] is None]
        if empty:
            without[folder.name] = empty
    found = [r["presence"] for rows in everything.values() for r in rows if r["iou"] is not None]
    for name, empty in without.items():
        if not found:
            continue
        area, alarms, at = separation(found, empty)
        sure = [float(np.mean(np.array(empty) >= level)) for level in (0.5, 0.9)]
        print(
            f"{name}: {len(empty)} without; AUC {area:.4f}; false alarms at 95 % found {alarms:.3f}; "
            f"found at 1, 2, 5 %: {at[0]:.2f} {at[1]:.2f} {at[2]:.2f}; "
            f"presence >= .5: {sure[0]:.3f}, >= .9: {sure[1]:.3f}"
        )
    if arguments.json:
        arguments.json.write_text(json.dumps(everything))


if __name__ == "__main__":
    main()
