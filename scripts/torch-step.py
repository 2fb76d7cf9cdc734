"""Times training steps of a text EBT in eager PyTorch: the model and the update of `ebt bench step`.

    python3 scripts/torch-step.py --layers 12 --width 768 --heads 12 --batch 8 --length 256

System 1 with two thinking steps: candidates are detached between them, and the loss of each is
differentiated through its step. Attention is that of the published code: a candidate attends to
the contexts before it and to itself. Prints a line of JSON with the names of `ebt bench step --json`.
"""

import argparse
import contextlib
import json
import math
import statistics
import time

import torch
from torch.nn import functional as F

THINKING_STEPS = 2
STEP_SIZE = 500.0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, default in dict(
        layers=4, width=256, heads=4, batch=8, length=128, vocab=512, repeat=12
    ).items():
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--precision", choices=["float32", "tf32", "bfloat16"], default="float32")
    return parser.parse_args()


def normalized(x, gain):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5) * gain


class Energy:
    """A Transformer whose input is a row of contexts followed by the candidates of their next tokens."""

    def __init__(self, size, device):
        self.size, self.device = size, device
        self.head_width = size.width // size.heads
        self.parameters = []
        d, v = size.width, size.vocab
        self.embedding = self.normal(1, v, d)
        self.mixing = self.normal(math.sqrt(2 / (v + d)), v, d)
        square = ["query", "key", "value", "output", "gate", "up", "down"]
        self.layers = [
            {name: self.normal(d**-0.5, d, d) for name in square}
            | {name: self.ones(d) for name in ["attention_gain", "feed_gain"]}
            for _ in range(size.layers)
        ]
        self.gain, self.head = self.ones(d), self.normal(d**-0.5, d, 1)
        places = torch.arange(size.length + 1, device=device).float()
        pairs = torch.arange(0, self.head_width, 2, device=device).float() / self.head_width
        angles = torch.outer(places, 10000.0**-pairs)
        self.rotations = torch.polar(torch.ones_like(angles), angles)
        above = torch.full((size.length + 1, size.length + 1), float("-inf"), device=device)
        self.mask = torch.triu(above, 1)

    def normal(self, deviation, *shape):
        return self.parameter(torch.randn(*shape, device=self.device) * deviation)

    def ones(self, width):
        return self.parameter(torch.ones(width, device=self.device))

    def parameter(self, values):
        self.parameters.append(values.requires_grad_())
        return values

    def rotated(self, x, start):
        pairs = torch.view_as_complex(x.float().reshape(*x.shape[:-1], -1, 2))
        rotations = self.rotations[start : start + self.size.length][None, :, None, :]
        return torch.view_as_real(pairs * rotations).flatten(3).to(x.dtype)

    def attention(self, layer, x):
        n, scale = self.size.length, math.sqrt(self.head_width)
        query, key, value = [
            (x @ layer[name]).view(self.size.batch, 2 * n, self.size.heads, self.head_width)
            for name in ("query", "key", "value")
        ]
        context_query, context_key = [self.rotated(t[:, :n], 0).transpose(1, 2) for t in (query, key)]
        query, own_key = [self.rotated(t[:, n:], 1).transpose(1, 2) for t in (query, key)]
        context_value, own_value = value[:, :n].transpose(1, 2), value[:, n:].transpose(1, 2)
        scores = context_query @ context_key.transpose(2, 3) / scale + self.mask[:-1, :-1]
        contexts = F.softmax(scores, -1) @ context_value
        # The score of a candidate with itself takes the place right of those with its contexts.
        scores = F.pad(query @ context_key.transpose(2, 3) / scale, (0, 1))
        own = torch.diag_embed((query * own_key).sum(-1) / scale, offset=1)[..., :-1, :]
        beside = torch.ones(n, n + 1, device=self.device)
        rows = torch.arange(n, device=self.device)
        beside[rows, rows + 1] = 0
        weights = F.softmax(scores * beside + own + self.mask[1:], -1)
        own_weight = weights.diagonal(offset=1, dim1=2, dim2=3).unsqueeze(-1)
        candidates = (weights * beside)[..., :-1] @ context_value + own_value * own_weight
        both = torch.cat((contexts, candidates), 2).transpose(1, 2)
        return both.reshape(self.size.batch, 2 * n, self.size.width) @ layer["output"]

    def __call__(self, contexts, candidates):
        x = torch.cat((contexts, F.softmax(candidates, -1) @ self.mixing), 1)
        for layer in self.layers:
            x = x + self.attention(layer, normalized(x, layer["attention_gain"]))
            h = normalized(x, layer["feed_gain"])
            x = x + (F.silu(h @ layer["gate"]) * (h @ layer["up"])) @ layer["down"]
        return (normalized(x, self.gain) @ self.head)[:, self.size.length :]


def loss_of(energy, tokens, size, device):
    contexts = energy.embedding[tokens[:, :-1]]
    candidates = torch.randn(size.batch, size.length, size.vocab, device=device)
    loss = torch.zeros((), device=device)
    for _ in range(THINKING_STEPS):
        candidates = candidates.detach().requires_grad_()
        total = energy(contexts, candidates).sum()
        (slope,) = torch.autograd.grad(total, candidates, create_graph=True)
        candidates = candidates - STEP_SIZE * slope
        scores = F.log_softmax(candidates, -1).reshape(-1, size.vocab)
        loss = loss + F.nll_loss(scores, tokens[:, 1:].reshape(-1)) / THINKING_STEPS
    return loss


def main():
    size = arguments()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(0)
    torch.set_flush_denormal(True)
    torch.backends.cuda.matmul.allow_tf32 = size.precision == "tf32"
    energy = Energy(size, device)
    optimizer = torch.optim.AdamW(energy.parameters, lr=1e-3, weight_decay=0.01)
    tokens = torch.randint(0, size.vocab, (size.batch, size.length + 1), device=device)
    seconds = []
    for _ in range(size.repeat + 1):
        began = time.perf_counter()
        rounded = size.precision == "bfloat16"
        with torch.autocast(device, torch.bfloat16) if rounded else contextlib.nullcontext():
            loss = loss_of(energy, tokens, size, device)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(energy.parameters, 1.0)
        optimizer.step()
        if not math.isfinite(loss.item()):  # Waits for the device.
            raise SystemExit(f"the loss is {loss.item()}")
        seconds.append(time.perf_counter() - began)
    median = statistics.median(seconds[1:])
    print(
        json.dumps(
            {
                "firstStepSeconds": round(seconds[0], 4),
                "stepSecondsMedian": round(median, 4),
                "tokensPerSecond": round(size.batch * size.length / median),
                "loss": round(loss.item(), 4),
                "device": torch.cuda.get_device_name() if device == "cuda" else "CPU",
                "torch": torch.__version__,
            }
        )
    )


main()
