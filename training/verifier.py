"""The second opinion: a network that sees a candidate straightened, with its surroundings, and judges it.

The candidate fills the middle of the picture that it is shown; see `straighten`. The network says whether the
candidate is right, whether it lies on a document at all, and where the document's corners are.
"""

import torch
from torch import nn
from torch.nn import functional as F

import model

#: What the network is shown, in pixels, and how much of it the candidate fills, in the middle.
WIDTH, HEIGHT = 128, 96
INNER_WIDTH, INNER_HEIGHT = 88, 64
#: Long side of the picture that candidates are straightened from.
SOURCE_SIDE = 320
#: Red, green, blue, inside or outside of the candidate, across, down.
PLANES = 6
OUTPUTS = 10
DEFAULT_WIDTH = 1.0


class VerifierNet(nn.Module):
    """(N, PLANES, HEIGHT, WIDTH) -> logits "right" and "on a document", and four corners (N, 8).

    Corners are offsets from the candidate's own, in half sides of the candidate, in the order of its corners.
    """

    def __init__(self, width=DEFAULT_WIDTH):
        super().__init__()

        def scaled(channels):
            return max(8, int(channels * width / 8 + 0.5) * 8)

        c0, c1, c2, c3, c4 = (scaled(c) for c in (16, 24, 32, 56, 88))
        self.width = width
        self.stem = model.conv_bn(PLANES, c0, 3, 2)
        self.stage1 = nn.Sequential(model.Separable(c0, c1, 2), model.InvertedResidual(c1, c1, 2))
        self.stage2 = model.stage(c1, c2, 3, 2)
        self.stage3 = model.stage(c2, c3, 3, 2)
        self.stage4 = model.stage(c3, c4, 3, 2)
        self.evidence = model.conv_bn(c4, 128)
        self.verdict1 = nn.Conv2d(128, 64, 1)
        self.verdict2 = nn.Conv2d(64, OUTPUTS, 1)

    def forward(self, x):
        x4 = self.stage4(self.stage3(self.stage2(self.stage1(self.stem(x)))))
        pooled = self.evidence(x4).mean((2, 3), keepdim=True)
        return self.verdict2(F.relu(self.verdict1(pooled)))[:, :, 0, 0]


def homography(source, target):
    """(N, 4, 2) and (N, 4, 2) or (4, 2) -> (N, 3, 3) that takes source to target."""
    target = target.expand_as(source)
    x, y = source.unbind(-1)
    u, v = target.unbind(-1)
    zero, one = torch.zeros_like(x), torch.ones_like(x)
    rows = torch.cat(
        [
            torch.stack([x, y, one, zero, zero, zero, -u * x, -u * y], -1),
            torch.stack([zero, zero, zero, x, y, one, -v * x, -v * y], -1),
        ],
        1,
    )
    # a hair of regularisation: degenerate candidates must not stop the run
    eye = 1e-9 * torch.eye(8, device=source.device, dtype=torch.float64)
    solved = torch.linalg.solve(rows.double() + eye, torch.cat([u, v], 1).double())
    return torch.cat([solved, torch.ones_like(solved[:, :1])], 1).view(-1, 3, 3).float()


def project(h, points):
    """Homographies (N, 3, 3) and points (N, K, 2) -> (N, K, 2)."""
    p = torch.cat([points, torch.ones_like(points[..., :1])], -1) @ h.transpose(1, 2)
    w = p[..., 2:]
    return p[..., :2] / torch.where(w.abs() < 1e-6, torch.full_like(w, 1e-6), w)


def inner_corners(device):
    """Where the candidate's corners are shown, in pixels, clockwise from the left upper one."""
    left, top = (WIDTH - INNER_WIDTH) / 2 - 0.5, (HEIGHT - INNER_HEIGHT) / 2 - 0.5
    right, bottom = left + INNER_WIDTH, top + INNER_HEIGHT
    return torch.tensor([[left, top], [right, top], [right, bottom], [left, bottom]], device=device)


def straighten(canvas, sizes, index, quads):
    """What the network is shown of each candidate.

    canvas: (P, 3, S, S) uint8, each picture at the left upper corner. sizes: (P, 2) width, height.
    index: (N) which picture. quads: (N, 4, 2) in its pixels. Sampled bilinearly at twice the size, then
    halved. Colours are as `model.normalise` has them, 0 outside the frame; a fourth plane tells the frame.
    """
    device = quads.device
    side = canvas.shape[-1]
    h = homography(inner_corners(device)[None].expand_as(quads).contiguous(), quads)
    xs = (torch.arange(2 * WIDTH, device=device) + 0.5) / 2 - 0.5
    ys = (torch.arange(2 * HEIGHT, device=device) + 0.5) / 2 - 0.5
    grid = torch.stack(torch.meshgrid(xs, ys, indexing="xy"), -1).view(1, -1, 2)
    at = project(h, grid.expand(len(quads), -1, -1))
    size = sizes[index][:, None].float()
    seen = ((at >= -0.5) & (at <= size - 0.5)).all(-1).float()
    at = torch.minimum(at.clamp(min=0), size - 1)
    at = ((at + 0.5) / side * 2 - 1).view(-1, 2 * HEIGHT, 2 * WIDTH, 2)
    colours = F.grid_sample(canvas[index].float(), at, mode="bilinear", align_corners=False)
    seen = seen.view(-1, 1, 2 * HEIGHT, 2 * WIDTH)
    colours = (colours - 128) / 64 * seen
    return F.avg_pool2d(torch.cat([colours, seen], 1), 2)


def planes(colours):
    """(N, 3, HEIGHT, WIDTH) -> the network's input: with the planes that are the same for all candidates."""
    device = colours.device
    inside = torch.full((HEIGHT, WIDTH), -1.0, device=device)
    left, top = (WIDTH - INNER_WIDTH) // 2, (HEIGHT - INNER_HEIGHT) // 2
    inside[top : top + INNER_HEIGHT, left : left + INNER_WIDTH] = 1
    across = torch.linspace(-1, 1, WIDTH, device=device).expand(HEIGHT, WIDTH)
    down = torch.linspace(-1, 1, HEIGHT, device=device)[:, None].expand(HEIGHT, WIDTH)
    fixed = torch.stack([inside, across, down]).expand(len(colours), -1, -1, -1)
    return torch.cat([colours, fixed], 1)


def lying(quads):
    """Clockwise corners, begun so that the first side is a long one."""
    lengths = (quads - quads.roll(-1, 1)).norm(dim=-1)
    upright = lengths[:, 0] + lengths[:, 2] < lengths[:, 1] + lengths[:, 3]
    return torch.where(upright[:, None, None], quads.roll(-1, 1), quads)


def load(path):
    saved = torch.load(path, map_location="cpu", weights_only=True)
    net = VerifierNet(saved["width"])
    net.load_state_dict(saved["average"])
    return net.eval()
