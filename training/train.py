"""Trains the network from nothing, or goes on from a checkpoint, for so many minutes."""

import argparse
import copy
import math
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.nn import functional as F

import dataset
import model

#: Picture sizes (width, height) as shares of the long side, in steps of 32 at 256.
SHAPES = ((8, 6), (8, 6), (6, 8), (8, 8), (8, 5), (5, 8))


def sizes_of(long_side):
    """Sizes at which maps and levels fit."""
    unit = long_side / 8
    return [tuple(int(round(n * unit / 32)) * 32 for n in shape) for shape in SHAPES]


def losses(maps, presence, target, present):
    """Mask (cross entropy, overlap, exactness at its edge), border and presence."""
    mask, border = model.logits_of(maps)
    wanted, line = target[:, 0].float() / 255, target[:, 1].float() / 255
    cross = F.binary_cross_entropy_with_logits(mask, wanted, reduction="none")
    edge = (cross * line).sum() / (line.sum() + 1)
    shown = present > 0
    chance = torch.sigmoid(mask[shown])
    both = (chance * wanted[shown]).sum((1, 2))
    overlap = 1 - (2 * both + 1) / (chance.sum((1, 2)) + wanted[shown].sum((1, 2)) + 1)
    lines = F.binary_cross_entropy_with_logits(border, line, reduction="none")
    lines = (lines * (1 + 6 * line)).mean()
    there = F.binary_cross_entropy_with_logits(presence, present)
    overlap = overlap.mean() if shown.any() else cross.sum() * 0
    total = cross.mean() + 0.5 * overlap + 0.15 * edge + 0.7 * lines + 0.5 * there
    return total, (cross.mean(), overlap, lines, there)


def average(mean, net, steps):
    """Moves the running mean of the weights towards the present ones."""
    decay = min(0.998, (1 + steps) / (10 + steps))
    for kept, now in zip(mean.state_dict().values(), net.state_dict().values()):
        if kept.dtype.is_floating_point:
            kept.mul_(decay).add_(now, alpha=1 - decay)
        else:
            kept.copy_(now)


def rate_at(done, top, warm=0.04):
    """Rises over the first share, then falls along a cosine."""
    if done < warm:
        return top * done / warm
    return max(1e-5, top * 0.5 * (1 + math.cos(math.pi * (done - warm) / (1 - warm))))


def save(path, net, mean, steps):
    torch.save(
        {"net": net.state_dict(), "average": mean.state_dict(), "width": net.width, "steps": steps},
        path,
    )


@dataclass
class Learner:
    """A network on its way, with the running mean of its weights."""

    net: model.DocumentNet
    mean: model.DocumentNet
    optimiser: torch.optim.Optimizer
    rate: float
    out: Path
    steps: int = 0
    running: torch.Tensor | None = None

    def learn(self, x, target, present, done):
        """One step; `done` is the share of the whole run."""
        for group in self.optimiser.param_groups:
            group["lr"] = rate_at(done, self.rate)
        self.net.train()
        loss, parts = losses(*self.net(x), target, present)
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 2.0)
        self.optimiser.step()
        self.steps += 1
        with torch.no_grad():
            average(self.mean, self.net, self.steps)
        now = torch.stack([loss.detach(), *(p.detach() for p in parts)])
        self.running = now if self.running is None else 0.98 * self.running + 0.02 * now

    def report(self):
        return " ".join(f"{v:.4f}" for v in self.running.tolist())

    def save(self):
        save(self.out, self.net, self.mean, self.steps)


def learner(out, start, width, rate, device):
    net = model.DocumentNet(width)
    if start:
        saved = torch.load(start, map_location="cpu", weights_only=True)
        net.load_state_dict(saved["average"])
    net = net.to(device, memory_format=torch.channels_last)
    heavy = [p for p in net.parameters() if p.ndim > 1]
    light = [p for p in net.parameters() if p.ndim <= 1]
    optimiser = torch.optim.AdamW(
        [{"params": heavy, "weight_decay": 1e-2}, {"params": light, "weight_decay": 0}], lr=rate
    )
    return Learner(net, copy.deepcopy(net).eval(), optimiser, rate, Path(out))


def learners_of(arguments):
    """One for each name of --out; the last of --start, --width and --rate stands for missing ones."""

    def nth(values, index):
        return values[min(index, len(values) - 1)] if values else None

    torch.manual_seed(arguments.seed)
    return [
        learner(
            out,
            nth(arguments.start, index),
            nth(arguments.width, index),
            nth(arguments.rate, index),
            arguments.device,
        )
        for index, out in enumerate(arguments.out)
    ]


def train(arguments, store):
    learners = learners_of(arguments)
    started, said = time.time(), 0.0
    total = arguments.minutes * 60
    for phase, long_side in enumerate(arguments.long_sides):
        batches = dataset.Batches(
            store,
            sizes_of(long_side),
            arguments.batch,
            arguments.seed * 100 + phase,
            arguments.composed,
            arguments.empty,
        )
        loader = torch.utils.data.DataLoader(
            batches, batch_size=None, num_workers=arguments.workers, prefetch_factor=4
        )
        until = total * sum(arguments.shares[: phase + 1]) / sum(arguments.shares)
        for batch in loader:
            spent = time.time() - started
            if spent >= until:
                break
            rgb, target, present = (part.to(arguments.device, non_blocking=True) for part in batch)
            x = model.normalise(rgb).to(memory_format=torch.channels_last)
            for each in learners:
                each.learn(x, target, present, spent / total)
            if spent - said > 60:
                said = spent
                for each in learners:
                    where = f"{spent / 60:5.1f} min, side {long_side}, {each.out.name}, step {each.steps}"
                    print(f"{where}: {each.report()}", flush=True)
                    each.save()
        del loader
    for each in learners:
        each.save()
        print(f"{each.out.name}: {each.steps} steps of {arguments.batch} pictures", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", nargs="+", required=True, help="folders of photos.py")
    parser.add_argument("--textures", nargs="*", default=[], help="folders of photos.py")
    parser.add_argument("--stamps", help="folder of cut-out objects (PNG with transparency)")
    parser.add_argument("--faces", help="folder of cut-out people (PNG with transparency)")
    parser.add_argument("--scenes", nargs="*", default=[], help="folders of `npm run scenes`")
    parser.add_argument(
        "--out", nargs="+", required=True, help="several are trained on the same pictures, each its own way"
    )
    parser.add_argument("--start", nargs="*", default=[], help="checkpoints to go on from")
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--long-sides", type=int, nargs="+", default=[128, 192, 256])
    parser.add_argument("--shares", type=float, nargs="+", default=[0.3, 0.35, 0.35])
    parser.add_argument("--width", type=float, nargs="+", default=[model.DEFAULT_WIDTH])
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, nargs="+", default=[4e-3])
    parser.add_argument("--composed", type=float, default=0.6, help="share not from --scenes")
    parser.add_argument("--empty", type=float, default=0.35, help="composed ones without a document")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--device", default="cpu", help="'cuda' for a graphics card")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.backends.cudnn.benchmark = True
    store = dataset.load_store(
        arguments.pictures,
        arguments.textures,
        arguments.stamps,
        arguments.faces,
        arguments.scenes,
    )
    print(
        f"{len(store.pictures)} photographs, {len(store.photos)} with textures, "
        f"{len(store.stamps)} cut-outs, {len(store.scenes)} scenes",
        flush=True,
    )
    train(arguments, store)


if __name__ == "__main__":
    main()
