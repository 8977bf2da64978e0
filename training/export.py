"""Writes a checkpoint as a layer list (JSON), float16 weights and a test vector.

The format is described in README.md. The test vector is computed with the weights as stored
(rounded to float16) in float32, so that another implementation can be compared closely.
"""

import argparse
import hashlib
import json
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import nn

import model
import verifier


def folded(sequence):
    """Weight and bias of a convolution with the batch normalisation after it folded in."""
    if isinstance(sequence, nn.Conv2d):
        return sequence.weight.detach(), sequence.bias.detach()
    fused = torch.nn.utils.fusion.fuse_conv_bn_eval(sequence[0], sequence[1])
    weight, bias = fused.weight.detach(), fused.bias.detach()
    # A channel that hardly varies is its normalisation's shift; the weights may be beyond float16.
    weight[sequence[1].running_var < 1e-2 * sequence[1].eps] = 0
    return weight, bias


class Writer:
    """Collects layers in execution order; each layer's output is known by its index."""

    def __init__(self):
        self.layers = []
        self.parts = []
        self.count = 0

    def put(self, values):
        """Appends values, returns where they start (counted in values)."""
        flat = np.ascontiguousarray(values, np.float16).ravel()
        self.parts.append(flat)
        start = self.count
        self.count += flat.size
        return start

    def layer(self, **fields):
        self.layers.append(fields)
        return len(self.layers) - 1

    def conv(self, source, sequence, relu=None):
        """A convolution: dense 3x3 with stride 2, depthwise 3x3, or 1x1."""
        conv = sequence if isinstance(sequence, nn.Conv2d) else sequence[0]
        weight, bias = folded(sequence)
        if relu is None:
            relu = not isinstance(sequence, nn.Conv2d) and len(sequence) == 3
        if conv.groups > 1:
            op = "dw"
        elif conv.kernel_size[0] == 3:
            op = "conv3"
        else:
            op = "pw"
        return self.layer(
            op=op,
            inputs=[source],
            ci=conv.in_channels,
            co=conv.out_channels,
            stride=conv.stride[0],
            relu=relu,
            weights=self.put(weight.numpy()),
            bias=self.put(bias.numpy()),
        )

    def residual(self, source, block):
        out = source
        for sequence in block.layers:
            out = self.conv(out, sequence)
        if not block.residual:
            return out
        channels = self.layers[out]["co"]
        return self.layer(op="add", inputs=[source, out], ci=channels, co=channels)

    def blocks(self, source, blocks):
        out = source
        for block in blocks:
            if isinstance(block, model.InvertedResidual):
                out = self.residual(out, block)
            else:
                for sequence in block.layers:
                    out = self.conv(out, sequence)
        return out

    def up_add(self, fine, coarse):
        channels = self.layers[fine]["co"]
        return self.layer(op="upadd", inputs=[fine, coarse], ci=channels, co=channels)


def layers_of(net):
    """The network as a list of layers, its weights and the indices of its outputs."""
    w = Writer()
    outputs = walk(net, w)
    return w.layers, np.concatenate(w.parts), outputs


def walk(net, w):
    """Shows the network's parts to a writer in execution order; returns the indices of its outputs."""
    x1 = w.blocks(w.conv(-1, net.stem), net.stage1)
    x2 = w.blocks(x1, net.stage2)
    x3 = w.blocks(x2, net.stage3)
    x4 = w.blocks(x3, net.stage4)
    evidence = w.conv(x4, net.evidence)
    pooled = w.layer(op="mean", inputs=[evidence], ci=64, co=64)
    hidden = w.conv(pooled, net.presence1, relu=True)
    presence = w.conv(hidden, net.presence2, relu=False)
    coarse = w.conv(x4, net.lateral4)
    y = w.blocks(w.up_add(w.conv(x3, net.lateral3), coarse), net.fuse3)
    coarse = w.conv(y, net.up2)
    y = w.blocks(w.up_add(w.conv(x2, net.lateral2), coarse), net.fuse2)
    coarse = w.conv(y, net.up1)
    y = w.blocks(w.up_add(w.conv(x1, net.lateral1), coarse), net.fuse1)
    maps = w.conv(y, net.head, relu=False)
    return {"maps": maps, "presence": presence}


def verifier_layers_of(net):
    """As `layers_of`, of a verifier."""
    w = Writer()
    outputs = walk_verifier(net, w)
    return w.layers, np.concatenate(w.parts), outputs


def walk_verifier(net, w):
    """As `walk`, of a verifier."""
    out = w.conv(-1, net.stem)
    for blocks in (net.stage1, net.stage2, net.stage3, net.stage4):
        out = w.blocks(out, blocks)
    evidence = w.conv(out, net.evidence)
    channels = w.layers[evidence]["co"]
    pooled = w.layer(op="mean", inputs=[evidence], ci=channels, co=channels)
    verdict = w.conv(w.conv(pooled, net.verdict1, relu=True), net.verdict2, relu=False)
    return {"verdict": verdict}


def run_layers(layers, weights, x):
    """All layers' values, run as a reader of the format would."""
    values = torch.from_numpy(weights.astype(np.float32))
    results = {-1: x}
    for index, layer in enumerate(layers):
        x = [results[i] for i in layer["inputs"]]
        op = layer["op"]
        if op == "add":
            y = x[0] + x[1]
        elif op == "upadd":
            y = x[0] + model.double(x[1])
        elif op == "mean":
            y = x[0].mean((2, 3), keepdim=True)
        else:
            kernel = 1 if op == "pw" else 3
            groups = layer["ci"] if op == "dw" else 1
            shape = (layer["co"], layer["ci"] // groups, kernel, kernel)
            start, size = layer["weights"], int(np.prod(shape))
            weight = values[start : start + size].view(shape)
            bias = values[layer["bias"] : layer["bias"] + layer["co"]]
            y = nn.functional.conv2d(x[0], weight, bias, layer["stride"], kernel // 2, groups=groups)
            if layer["relu"]:
                y = y.relu()
        results[index] = y
    return results


def maps_of(layers, weights, outputs, rgb):
    """Mask, border and the logit of presence by the layer list."""
    results = run_layers(layers, weights, model.normalise(torch.from_numpy(rgb)[None]))
    mask, border = model.logits_of(results[outputs["maps"]])
    return mask[0].sigmoid(), border[0].sigmoid(), results[outputs["presence"]][0, 0, 0, 0]


def test_picture(width, height, seed=7):
    """A drawn picture with a tilted card in it, the same on every machine."""
    rng = np.random.default_rng(seed)
    low = rng.integers(40, 200, (6, 8, 3)).astype(np.uint8)
    picture = cv2.resize(low, (width, height), interpolation=cv2.INTER_LINEAR)
    corners = np.float32([[0.2, 0.25], [0.8, 0.2], [0.84, 0.75], [0.17, 0.72]]) * [width, height]
    cv2.fillPoly(picture, [np.int32(corners)], (222, 228, 214))
    cv2.rectangle(
        picture,
        (int(width * 0.27), int(height * 0.38)),
        (int(width * 0.4), int(height * 0.62)),
        (120, 90, 80),
        -1,
    )
    for row in range(4):
        y = int(height * (0.4 + row * 0.07))
        cv2.line(picture, (int(width * 0.46), y), (int(width * 0.74), y), (50, 45, 60), 2)
    noise = rng.integers(-9, 10, picture.shape)
    return np.clip(picture.astype(np.int32) + noise, 0, 255).astype(np.uint8)


def write_test_vector(folder, name, layers, weights, outputs, rgb):
    mask, border, logit = maps_of(layers, weights, outputs, rgb)
    height, width = rgb.shape[:2]
    rgb.tofile(folder / f"{name}.rgb")
    mask.numpy().astype("<f4").tofile(folder / f"{name}.mask.f32")
    border.numpy().astype("<f4").tofile(folder / f"{name}.border.f32")
    about = {
        "width": width,
        "height": height,
        "mapWidth": width // 2,
        "mapHeight": height // 2,
        "presenceLogit": float(logit),
        "presence": float(torch.sigmoid(logit)),
    }
    (folder / f"{name}.json").write_text(json.dumps(about, indent=1) + "\n")


def write_layers(folder, layers, weights, outputs, planes=3):
    """net.json and net.bin."""
    folder.mkdir(parents=True, exist_ok=True)
    data = weights.astype("<f2").tobytes()
    about = {
        "format": 1,
        "input": {"channels": planes, "offset": 128, "divisor": 64, "multiple": model.MULTIPLE},
        "weights": {
            "file": "net.bin",
            "type": "float16le",
            "count": int(weights.size),
            "sha256": hashlib.sha256(data).hexdigest(),
        },
        "outputs": outputs,
        "layers": layers,
    }
    (folder / "net.bin").write_bytes(data)
    head = json.dumps({k: v for k, v in about.items() if k != "layers"}, indent=1)[:-2]
    lines = ",\n".join("  " + json.dumps(layer) for layer in layers)
    (folder / "net.json").write_text(f'{head},\n "layers": [\n{lines}\n ]\n}}\n')
    json.loads((folder / "net.json").read_text())


@torch.no_grad()
def write_verifier(net, folder):
    """Writes a verifier and a test vector: a picture, a candidate and what has to come out."""
    folder = Path(folder)
    layers, weights, outputs = verifier_layers_of(net)
    write_layers(folder, layers, weights, outputs, verifier.PLANES)
    rgb = test_picture(320, 240)
    quad = torch.tensor([[[60.0, 62], [258, 46], [272, 182], [52, 176]]])
    room = torch.zeros(1, 3, 320, 320, dtype=torch.uint8)
    room[0, :, :240] = torch.from_numpy(rgb).permute(2, 0, 1)
    colours = verifier.straighten(room, torch.tensor([[320, 240]]), torch.tensor([0]), quad)[:, :3]
    # the product takes two looks, one of them upside down
    x = verifier.planes(torch.cat([colours, colours.flip(2, 3)]))
    verdicts = torch.stack(
        [run_layers(layers, weights, look[None])[outputs["verdict"]][0, :, 0, 0] for look in x]
    )
    rgb.tofile(folder / "test.rgb")
    about = {"width": 320, "height": 240, "quad": quad[0].tolist(), "verdicts": verdicts.tolist()}
    (folder / "test.json").write_text(json.dumps(about) + "\n")
    return float((net(x) - verdicts).abs().max())


@torch.no_grad()
def write(net, folder, picture=None):
    """Writes network and test vectors into a folder; checks the list against the network."""
    folder = Path(folder)
    layers, weights, outputs = layers_of(net)
    write_layers(folder, layers, weights, outputs)

    pictures = {"test": test_picture(256, 192), "test-tall": test_picture(160, 256)}
    if picture is not None:
        pictures["test-photo"] = picture
    for name, rgb in pictures.items():
        write_test_vector(folder, name, layers, weights, outputs, rgb)
    rgb = pictures["test"]
    mask, border, logit = maps_of(layers, weights, outputs, rgb)
    maps, presence = net(model.normalise(torch.from_numpy(rgb)[None]))
    direct, _ = model.logits_of(maps)
    return float((direct[0].sigmoid() - mask).abs().max()), float((presence[0] - logit).abs())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", help="a checkpoint of train.py, or 'random'")
    parser.add_argument("folder")
    parser.add_argument("--verifier", action="store_true", help="the checkpoint is of train_verifier.py")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    if arguments.verifier:
        off = write_verifier(verifier.load(arguments.checkpoint), arguments.folder)
        print(f"largest difference by rounding to float16: {off:.5f}")
        return
    if arguments.checkpoint == "random":
        torch.manual_seed(1)
        net = model.DocumentNet().eval()
    else:
        net = model.load(arguments.checkpoint)
    mask, presence = write(net, arguments.folder)
    print(f"largest difference by rounding to float16: mask {mask:.5f}, presence {presence:.5f}")


if __name__ == "__main__":
    main()
