"""The network: a small encoder with inverted residuals and a three-level decoder.

Only operations that are easy to run by hand are used: a dense 3x3 convolution with stride 2, 1x1
convolutions, depthwise 3x3 convolutions with stride 1 or 2, ReLU, addition, doubling by nearest
neighbour and the mean over a plane. Batch normalisation is folded into the convolutions on export.
"""

import torch
from torch import nn
from torch.nn import functional as F

#: Output channels of the head: 2 maps (mask, border), each in 2x2 sub-pixels.
HEAD_CHANNELS = 8
MULTIPLE = 32
DEFAULT_WIDTH = 0.75


def conv_bn(inputs, outputs, kernel=1, stride=1, groups=1, relu=True):
    """Convolution, batch normalisation and, unless it is a projection, ReLU."""
    layers = [
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
    ]
    if relu:
        layers.append(nn.ReLU(inplace=True))
    return nn.Sequential(*layers)


class InvertedResidual(nn.Module):
    """1x1 up, depthwise 3x3, 1x1 down without ReLU; added to its input where shapes allow."""

    def __init__(self, inputs, outputs, expansion, stride=1):
        super().__init__()
        hidden = inputs * expansion
        self.residual = stride == 1 and inputs == outputs
        self.layers = nn.Sequential(
            conv_bn(inputs, hidden),
            conv_bn(hidden, hidden, 3, stride, hidden),
            conv_bn(hidden, outputs, relu=False),
        )

    def forward(self, x):
        y = self.layers(x)
        return x + y if self.residual else y


class Separable(nn.Module):
    """Depthwise 3x3, then 1x1, both with ReLU."""

    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.layers = nn.Sequential(conv_bn(inputs, inputs, 3, stride, inputs), conv_bn(inputs, outputs))

    def forward(self, x):
        return self.layers(x)


def stage(inputs, outputs, expansion, repeats):
    """An inverted residual with stride 2 and `repeats` with stride 1."""
    blocks = [InvertedResidual(inputs, outputs, expansion, 2)]
    blocks += [InvertedResidual(outputs, outputs, expansion) for _ in range(repeats)]
    return nn.Sequential(*blocks)


class DocumentNet(nn.Module):
    """Image -> (maps at a quarter of the resolution, logit of "there is a document")."""

    def __init__(self, width=DEFAULT_WIDTH):
        super().__init__()

        def scaled(channels):
            return max(8, int(channels * width / 8 + 0.5) * 8)

        c0, c1, c2, c3, c4 = (scaled(c) for c in (16, 24, 40, 72, 112))
        d1, d2, d3 = (scaled(c) for c in (24, 40, 56))
        self.width = width
        self.stem = conv_bn(3, c0, 3, 2)
        self.stage1 = nn.Sequential(Separable(c0, c1, 2), InvertedResidual(c1, c1, 2))
        self.stage2 = stage(c1, c2, 3, 2)
        self.stage3 = stage(c2, c3, 3, 3)
        self.stage4 = stage(c3, c4, 3, 2)
        self.lateral4 = conv_bn(c4, d3)
        self.lateral3 = conv_bn(c3, d3)
        self.fuse3 = nn.Sequential(Separable(d3, d3))
        self.up2 = conv_bn(d3, d2)
        self.lateral2 = conv_bn(c2, d2)
        self.fuse2 = nn.Sequential(Separable(d2, d2), Separable(d2, d2))
        self.up1 = conv_bn(d2, d1)
        self.lateral1 = conv_bn(c1, d1)
        self.fuse1 = nn.Sequential(Separable(d1, d1), Separable(d1, d1))
        self.head = nn.Conv2d(d1, HEAD_CHANNELS, 1)
        self.evidence = conv_bn(c4, 64)
        self.presence1 = nn.Conv2d(64, 32, 1)
        self.presence2 = nn.Conv2d(32, 1, 1)
        nn.init.constant_(self.head.bias, -1.5)

    def forward(self, x):
        x1 = self.stage1(self.stem(x))
        x2 = self.stage2(x1)
        x3 = self.stage3(x2)
        x4 = self.stage4(x3)
        y3 = self.fuse3(self.lateral3(x3) + double(self.lateral4(x4)))
        y2 = self.fuse2(self.lateral2(x2) + double(self.up2(y3)))
        y1 = self.fuse1(self.lateral1(x1) + double(self.up1(y2)))
        pooled = self.evidence(x4).mean((2, 3), keepdim=True)
        presence = self.presence2(F.relu(self.presence1(pooled)))
        return self.head(y1), presence[:, 0, 0, 0]


def double(x):
    """Twice the size by nearest neighbour."""
    return F.interpolate(x, scale_factor=2, mode="nearest")


def logits_of(maps):
    """Head channels at a quarter of the resolution -> (mask, border) at half of it."""
    shuffled = F.pixel_shuffle(maps, 2)
    return shuffled[:, 0], shuffled[:, 1]


def normalise(rgb):
    """uint8 RGB batch (N, H, W, 3) -> what the network takes (N, 3, H, W)."""
    return (rgb.permute(0, 3, 1, 2).float() - 128) / 64


def load(path):
    """The averaged weights of a checkpoint, ready for use."""
    saved = torch.load(path, map_location="cpu", weights_only=True)
    net = DocumentNet(saved["width"])
    net.load_state_dict(saved["average"])
    return net.eval()
