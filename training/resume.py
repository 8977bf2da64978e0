"""Makes a checkpoint of the weights that the product ships, so that training can go on from them.

The product's weights have batch normalisation folded in. It is laid open again with the mean and the
spread that each convolution shows on composed pictures, so that nothing changes at the start.
"""

import argparse
import base64
import re
from pathlib import Path

import numpy as np
import torch
from torch import nn

import dataset
import export
import model
import pack
import train
import train_verifier
import verifier


class Sequences(export.Writer):
    """Collects the convolutions in the order in which they are exported."""

    def __init__(self):
        super().__init__()
        self.sequences = []

    def conv(self, source, sequence, relu=None):
        self.sequences.append(sequence)
        return super().conv(source, sequence, relu)


def read_weights(module):
    """The float16 weights of `network-weights.ts` or `verifier-weights.ts`, layer by layer."""
    text = re.search(r"weights: `([^`]*)`", Path(module).read_text()).group(1)
    return np.frombuffer(base64.b64decode(text), "<f2").astype(np.float32)


def lay_open(sequence, weight, bias):
    """Puts folded weights into a convolution; its normalisation follows at the next picture."""
    if isinstance(sequence, nn.Conv2d):
        sequence.weight.data.copy_(weight)
        sequence.bias.data.copy_(bias)
        return None
    conv, norm = sequence[0], sequence[1]
    conv.weight.data.copy_(weight)

    def calibrate(_module, _inputs, output):
        mean = output.mean((0, 2, 3))
        variance = output.var((0, 2, 3))
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)
        norm.weight.data.copy_((variance + norm.eps).sqrt())
        norm.bias.data.copy_(bias + mean)

    return conv.register_forward_hook(calibrate)


@torch.no_grad()
def resumed(net, walk, weights, x):
    """`net` with these weights, its normalisation as on the input `x`; `walk` puts its layers into the export's order."""
    net.eval()
    order = Sequences()
    walk(net, order)
    hooks, at = [], 0
    for sequence in order.sequences:
        conv = sequence if isinstance(sequence, nn.Conv2d) else sequence[0]
        size = conv.weight.numel()
        weight = torch.from_numpy(weights[at : at + size].reshape(conv.weight.shape))
        bias = torch.from_numpy(weights[at + size : at + size + conv.out_channels])
        at += size + conv.out_channels
        hooks.append(lay_open(sequence, weight, bias))
    if at != weights.size:
        raise SystemExit(f"these weights are of another network: {weights.size} values, not {at}")
    net(x)
    for hook in filter(None, hooks):
        hook.remove()
    return net


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("module", help="network-weights.ts or, with --verifier, verifier-weights.ts of the product")
    parser.add_argument("--pictures", nargs="+", default=[], help="folders of photos.py")
    parser.add_argument("--verifier", nargs="+", help="files of pack.py")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    weights = read_weights(arguments.module)
    if arguments.verifier:
        candidates = train_verifier.Candidates(pack.read(arguments.verifier), "cpu", 1)
        _, _, _, colours = train_verifier.batch_of(candidates, 256, 0.6)
        net = resumed(verifier.VerifierNet(), export.walk_verifier, weights, verifier.planes(colours))
    else:
        store = dataset.load_store(arguments.pictures, [], None, None, [])
        batches = dataset.Batches(store, [(256, 192)], 96, 1, 1.0, 0.4)
        rgb, _, _ = next(iter(batches))
        net = resumed(model.DocumentNet(), export.walk, weights, model.normalise(rgb))
    train.save(arguments.out, net, net, 0)


if __name__ == "__main__":
    main()
