"""Trains the second opinion (verifier.py) on candidates of marked pictures.

Pictures come from packs (pack.py): scenes, composed pictures and photographs, each with the corners of
its document, or none, and with what the search took for one (bench/collect-quads.ts). To these are added
candidates made up from the truth: sides moved, parts of the document, more than it, rectangles anywhere.
"""

import argparse
import copy
import time
from pathlib import Path

import torch
from torch.nn import functional as F

import pack
import train
import verifier

#: Candidates with an IoU of the first are wrong, from the second on right; in between in proportion.
RIGHT = (0.86, 0.94)
ON_DOCUMENT = (0.4, 0.6)
#: Points across and down at which overlap is counted.
POINTS = 64


def overlap(a, b, sizes):
    """IoU of convex quads (N, 4, 2), either way round, within frames (N, 2); counted on points."""
    both = torch.cat([a, b], 1)
    low = both.amin(1).clamp(min=-0.5)
    high = torch.minimum(both.amax(1), sizes.float() - 0.5)
    steps = (torch.arange(POINTS, device=a.device) + 0.5) / POINTS
    span = (high - low).clamp(min=0)
    x = low[:, :1] + span[:, :1] * steps
    y = low[:, 1:] + span[:, 1:] * steps
    points = torch.stack([x[:, None, :].expand(-1, POINTS, -1), y[:, :, None].expand(-1, -1, POINTS)], -1)
    points = points.reshape(len(a), -1, 2)
    in_a, in_b = inside(a, points), inside(b, points)
    union = (in_a | in_b).sum(1)
    return (in_a & in_b).sum(1) / union.clamp(min=1)


def inside(quads, points):
    side = quads.roll(-1, 1) - quads
    signs = [
        side[:, k, 0, None] * (points[..., 1] - quads[:, k, 1, None])
        - side[:, k, 1, None] * (points[..., 0] - quads[:, k, 0, None])
        for k in range(4)
    ]
    stacked = torch.stack(signs)
    return (stacked >= 0).all(0) | (stacked <= 0).all(0)


class Candidates:
    """Draws candidates with their truth; everything lies on the device."""

    def __init__(self, pictures, device, seed):
        self.device = device
        self.random = torch.Generator(device=device).manual_seed(seed)
        self.canvas = pictures.canvas.to(device)
        self.sizes = pictures.sizes.to(device)
        self.truth = pictures.quads.to(device)
        self.has = pictures.has.to(device)
        self.found = pictures.candidates.to(device)
        self.counts = pictures.counts.to(device)
        self.shown = torch.where(self.has)[0]
        self.empty = torch.where(~self.has)[0]

    def uniform(self, *shape, low=0.0, high=1.0):
        return low + (high - low) * torch.rand(shape, generator=self.random, device=self.device)

    def normal(self, *shape, spread=1.0):
        return spread * torch.randn(shape, generator=self.random, device=self.device)

    def integers(self, below, n):
        """n of 0 to below - 1; `below` is a number, or one for each."""
        return (self.uniform(n) * below * 0.999999).long()

    def draw(self, n, documents):
        """(pictures, quads, true quads, IoU) of n candidates; `documents`: the share that has one."""
        first = int(n * documents)
        index = torch.cat(
            [
                self.shown[self.integers(len(self.shown), first)],
                self.empty[self.integers(len(self.empty), n - first)],
            ]
        )
        truth, has, sizes = self.truth[index], self.has[index], self.sizes[index].float()
        quads = self.search_found(index)
        made = self.made_up(truth, sizes)
        use_made = (self.uniform(n) < torch.where(has, 0.5, 0.0)) | (self.counts[index] == 0)
        anywhere = self.anywhere(sizes)
        use_anywhere = (self.uniform(n) < torch.where(has, 0.06, 0.2)) | (use_made & ~has)
        quads = torch.where(use_made[:, None, None], made, quads)
        # what is far outside the frame is no candidate of the search
        wild = (quads - (sizes / 2)[:, None]).abs().gt(1.2 * sizes[:, None]).any(2).any(1)
        quads = torch.where((use_anywhere | wild)[:, None, None], anywhere, quads)
        quads = quads + self.normal(n, 4, 2, spread=0.4)
        quads = verifier.lying(quads)
        quads, truth = self.turned(quads, truth)
        iou = overlap(quads, truth, sizes) * has
        return index, quads, truth, iou

    def search_found(self, index):
        n = len(index)
        return self.found[index, self.integers(self.counts[index], n)]

    def made_up(self, truth, sizes):
        """Rectangles in the document's plane: itself, some sides moved, a part of it, more than it."""
        n = len(truth)
        kind = self.uniform(n)
        exact = self.normal(n, 4, spread=0.006)
        far = self.uniform(n, 4, low=-0.45, high=0.35) * (self.uniform(n, 4) < 0.35)
        near = self.normal(n, 4, spread=0.05) * (self.uniform(n, 4) < 0.5)
        # left, top, right, bottom: how far each side lies outside, in sides of the document
        out = torch.where((kind < 0.35)[:, None], exact, torch.where((kind < 0.65)[:, None], far, near))
        out = torch.where((kind > 0.85)[:, None], self.part(n), out)
        more = self.uniform(n, 4, low=0.0, high=1.0) * (self.uniform(n, 4) < 0.7)
        out = torch.where((kind > 0.94)[:, None], more, out)
        low, high = -out[:, :2], 1 + out[:, 2:]
        high = torch.maximum(high, low + 0.1)
        corners = rectangle(low, high)
        unit = torch.tensor([[0.0, 0], [1, 0], [1, 1], [0, 1]], device=self.device)
        h = verifier.homography(unit[None].expand_as(truth).contiguous(), truth)
        return verifier.project(h, corners)

    def part(self, n):
        low = self.uniform(n, 2, low=0.0, high=0.75)
        size = self.uniform(n, 2, low=0.15, high=0.8)
        return torch.cat([-low, torch.minimum(low + size, torch.ones_like(low)) - 1], 1)

    def anywhere(self, sizes):
        """Rectangles somewhere in the frame, turned and a little in perspective; sometimes the frame."""
        n = len(sizes)
        extent = torch.exp(self.uniform(n, 2, low=-1.8, high=0.0)) * sizes
        centre = extent / 2 + self.uniform(n, 2) * (sizes - extent) - 0.5
        corners = rectangle(-extent / 2, extent / 2)
        angle = self.normal(n, spread=0.25) * (self.uniform(n) < 0.6)
        c, s = torch.cos(angle), torch.sin(angle)
        turn = torch.stack([torch.stack([c, -s], -1), torch.stack([s, c], -1)], -2)
        corners = corners @ turn.transpose(1, 2) + centre[:, None]
        corners = corners + self.normal(n, 4, 2, spread=0.03) * extent[:, None]
        frame = rectangle(torch.full_like(sizes, -0.5), sizes - 0.5)
        return torch.where((self.uniform(n) < 0.15)[:, None, None], frame, corners)

    def turned(self, quads, truth):
        """Half of them upside down, half mirrored: the order of the corners says so."""
        n = len(quads)
        half = (self.uniform(n) < 0.5)[:, None, None]
        quads = torch.where(half, quads.roll(2, 1), quads)
        mirror = (self.uniform(n) < 0.5)[:, None, None]
        # 1, 0, 3, 2: the same first side, seen from behind
        order = [1, 0, 3, 2]
        quads = torch.where(mirror, quads[:, order], quads)
        truth = torch.where(mirror, truth[:, order], truth)
        shifts = torch.stack([truth.roll(-k, 1) for k in range(4)], 1)
        nearest = (shifts - quads[:, None]).pow(2).sum((2, 3)).argmin(1)
        return quads, shifts[torch.arange(n, device=quads.device), nearest]


def rectangle(low, high):
    """(N, 2) and (N, 2) -> (N, 4, 2), clockwise from the left upper corner."""
    left, top = low.unbind(-1)
    right, bottom = high.unbind(-1)
    corners = (left, top), (right, top), (right, bottom), (left, bottom)
    return torch.stack([torch.stack(corner, -1) for corner in corners], 1)


def other_light(candidates, colours):
    """Other cameras and lights, on what `verifier.straighten` gives."""
    n = len(colours)
    some = lambda share: (candidates.uniform(n, 1, 1, 1) < share).float()  # noqa: E731
    outside = (colours.abs().sum(1, keepdim=True) == 0).float()
    blurred = F.avg_pool2d(F.pad(colours, (1, 1, 1, 1), mode="replicate"), 3, 1)
    x = torch.lerp(colours, blurred, some(0.3) * candidates.uniform(n, 1, 1, 1))
    grey = x.mean(1, keepdim=True).expand_as(x)
    x = torch.lerp(x, grey, torch.maximum(some(0.12), some(0.2) * candidates.uniform(n, 1, 1, 1)))
    x = x * (1 + some(0.7) * candidates.uniform(n, 1, 1, 1, low=-0.4, high=0.35))
    x = x + some(0.6) * candidates.normal(n, 1, 1, 1, spread=0.3)
    x = x + some(0.4) * candidates.normal(n, 3, 1, 1, spread=0.15)
    x = x + some(0.4) * candidates.normal(*x.shape, spread=0.06)
    return x.clamp(-2, 2) * (1 - outside)


def losses(verdict, quads, truth, iou):
    """Right, on a document, corners."""
    right = ((iou - RIGHT[0]) / (RIGHT[1] - RIGHT[0])).clamp(0, 1)
    on = ((iou - ON_DOCUMENT[0]) / (ON_DOCUMENT[1] - ON_DOCUMENT[0])).clamp(0, 1)
    is_right = F.binary_cross_entropy_with_logits(verdict[:, 0], right)
    is_on = F.binary_cross_entropy_with_logits(verdict[:, 1], on)
    near = iou > 0.3
    # where the true corners lie in the candidate's own plane, in half sides of it
    square = torch.tensor([[-1.0, -1], [1, -1], [1, 1], [-1, 1]], device=quads.device)
    wanted = verifier.project(verifier.homography(quads, square[None]), truth) - square
    wanted = wanted.clamp(-1, 1).flatten(1)
    off = F.smooth_l1_loss(verdict[:, 2:], wanted, beta=0.05, reduction="none").mean(1)
    off = (off * near).sum() / near.sum().clamp(min=1)
    return is_right + 0.5 * is_on + 2 * off, (is_right, is_on, off)


def batch_of(candidates, size, documents):
    index, quads, truth, iou = candidates.draw(size, documents)
    colours = verifier.straighten(candidates.canvas, candidates.sizes, index, quads)[:, :3]
    return quads, truth, iou, colours


def train_for(arguments, candidates, net):
    mean = copy.deepcopy(net).eval()
    optimiser = torch.optim.AdamW(net.parameters(), lr=arguments.rate, weight_decay=1e-2)
    started, said, steps, running = time.time(), 0.0, 0, None
    total = 60 * arguments.minutes
    while (spent := time.time() - started) < total:
        for group in optimiser.param_groups:
            group["lr"] = train.rate_at(spent / total, arguments.rate)
        net.train()
        with torch.no_grad():
            quads, truth, iou, colours = batch_of(candidates, arguments.batch, arguments.documents)
            x = verifier.planes(other_light(candidates, colours)).to(memory_format=torch.channels_last)
        loss, parts = losses(net(x), quads, truth, iou)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        optimiser.step()
        steps += 1
        with torch.no_grad():
            train.average(mean, net, steps)
            now = torch.stack([loss.detach(), *(part.detach() for part in parts)])
            running = now if running is None else 0.98 * running + 0.02 * now
        if spent - said > 30:
            said = spent
            figures = " ".join(f"{v:.4f}" for v in running.tolist())
            print(f"{spent / 60:5.1f} min, step {steps}: {figures}", flush=True)
            train.save(arguments.out, net, mean, steps)
    train.save(arguments.out, net, mean, steps)
    print(f"done: {steps} steps of {arguments.batch} candidates", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packs", nargs="+", help="files of pack.py")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", help="checkpoint to go on from")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--batch", type=int, default=512)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--documents", type=float, default=0.6, help="share of pictures with one")
    parser.add_argument("--width", type=float, default=verifier.DEFAULT_WIDTH)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cpu", help="'cuda' for a graphics card")
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.backends.cudnn.benchmark = True
    candidates = Candidates(pack.read(arguments.packs), arguments.device, arguments.seed)
    print(f"{len(candidates.shown)} pictures with a document, {len(candidates.empty)} without", flush=True)
    net = verifier.load(arguments.start) if arguments.start else verifier.VerifierNet(arguments.width)
    net = net.to(arguments.device, memory_format=torch.channels_last)
    train_for(arguments, candidates, net)


if __name__ == "__main__":
    main()
