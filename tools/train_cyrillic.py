"""Train the small network of `recognising/cyrillic.py` and write `cyrillic.npz`.

    .venv/bin/python tools/train_cyrillic.py OUT.npz [--lines 15000] [--epochs 7]

Prints words into pictures of lines, lets the reading model look at them, and learns which letter
stands where from how likely the model finds its own characters. It needs, on a Debian machine, the
packages fonts-liberation, fonts-dejavu-core, fonts-freefont-ttf, fonts-paratype, fonts-noto-core,
hunspell-ru and hunspell-uk; nothing of them goes into the result but what letters look like. Half
an hour on two cores. Afterwards the new SHA-256 goes into `recognising/cyrillic.py`.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tenderlight.recognising.characters import HEIGHT, PEAK, STEP
from tenderlight.recognising.cyrillic import LEAST_LIKELY, REACH
from tenderlight.recognising.models import READING, Model, model_bytes, scaled

Array = NDArray[Any]
TRUETYPE = Path("/usr/share/fonts/truetype")
FONTS = (
    *("liberation/LiberationSerif-Regular", "liberation/LiberationSerif-Bold"),
    *("liberation/LiberationSerif-Italic", "liberation/LiberationSans-Regular"),
    *("liberation/LiberationSans-Bold", "liberation/LiberationMono-Regular"),
    *("dejavu/DejaVuSans", "dejavu/DejaVuSerif", "dejavu/DejaVuSerif-Bold"),
    *("freefont/FreeSerif", "freefont/FreeSans", "paratype/PTF55F", "paratype/PTS55F"),
    *("paratype/PTS75F", "paratype/PTF75F", "noto/NotoSans-Regular", "noto/NotoSerif-Regular"),
    "noto/NotoSans-Bold",
)
SEEDED = "әғқңөұүһіӘҒҚҢӨҰҮҺІђјљњћџЂЈЉЊЋЏўЎёЁіїєґІЇЄҐ"
NAMED = "%0123456789№"
HIDDEN, BASIS, RATE, BATCH = 384, 120, 1e-3, 256
FREE = -1


def main() -> None:
    """Look, learn, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--lines", type=int, default=15_000)
    parser.add_argument("--epochs", type=int, default=7)
    asked = parser.parse_args()
    model = Model(model_bytes(READING))
    columns = chosen_columns(model)
    told, labels, lengths = look(model, columns, asked.lines)
    letters = sorted({chr(c) for c in np.unique(labels) if c > 0 and is_named(chr(c))})
    classes = np.full(labels.max() + 2, 1)
    classes[0], classes[FREE] = 0, FREE
    for place, letter in enumerate(letters):
        classes[ord(letter)] = place + 2
    mean, basis = principal(told)
    weights = learn((told - mean) @ basis, classes[labels], lengths, len(letters) + 2, asked.epochs)
    save(asked.out, "".join(letters), columns, mean, basis, weights)


def is_named(char: str) -> bool:
    """Whether the network has an answer of its own for a character."""
    return "\u0400" <= char <= "\u04ff" or char in NAMED


def chosen_columns(model: Model) -> Array:
    """Which of the model's characters are listened to: all Western ones, and some of the rest."""
    characters = ["", *model.note("character").splitlines(), " "]
    western = [n for n, char in enumerate(characters) if char < "\u0500"]
    rest = sorted(set(range(len(characters))) - set(western))
    some = np.random.default_rng(0).choice(rest, 256, replace=False)
    return np.array(sorted({*western, *some.tolist()}), np.int32)


def look(model: Model, columns: Array, count: int) -> tuple[Array, Array, Array]:
    """What the model makes of printed lines, and what stands at each of its steps."""
    told, labels = [], []
    for line, text, edges in printed(count):
        steps = np.log(np.maximum(model(scaled(line))[0][:, columns], LEAST_LIKELY))
        told.append((steps - steps.mean(axis=1, keepdims=True)).astype(np.float32))
        labels.append(labelled(text, edges, len(steps)))
    return np.concatenate(told), np.concatenate(labels), np.array([len(one) for one in labels])


def printed(count: int) -> Iterator[tuple[Array, str, list[float]]]:
    """Lines as pictures 48 pixels high, their text, and where each character begins."""
    chance = random.Random(1)
    words = [*dictionary("ru_RU", "koi8-r"), *dictionary("uk_UA", "utf-8")]
    for _ in range(count):
        font = ImageFont.truetype(
            str(TRUETYPE / f"{chance.choice(FONTS)}.ttf"), chance.randrange(15, 42)
        )
        text = " ".join(token(chance, words) for _ in range(chance.randrange(1, 6)))[:32]
        line, edges = drawn(text, font, chance)
        yield line, text, edges


def dictionary(name: str, encoding: str) -> list[str]:
    """The words of a spelling dictionary."""
    file = Path("/usr/share/hunspell") / f"{name}.dic"
    words = (line.split("/")[0] for line in file.read_text(encoding, "ignore").splitlines()[1:])
    return [word for word in words if 2 <= len(word) <= 18 and all(map(is_named, word))]


def token(chance: random.Random, words: list[str]) -> str:
    """A word, a number, a Latin word; with capitals and marks as they come."""
    kind = chance.random()
    if kind < 0.1:
        return f"{chance.randrange(1, 3000)}"
    if kind < 0.18:
        return chance.choice(["№ 12", "27.08.2021", "98 %", "3,50", "1.2.", "—", "ГОСТ", "руб."])
    if kind < 0.24:
        return "".join(chance.choices("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN-", k=5))
    word = list(chance.choice(words))
    if kind < 0.34:
        word[chance.randrange(len(word))] = chance.choice(SEEDED)
    text = "".join(word)
    text = chance.choice([text, text, text.capitalize(), text.upper()])
    return chance.choice([text] * 6 + [f"{text},", f"{text}.", f"«{text}»", f"({text}):"])


def drawn(
    text: str, font: ImageFont.FreeTypeFont, chance: random.Random
) -> tuple[Array, list[float]]:
    """The line as a scanner might give it, and where its characters begin; last where it ends."""
    size = font.size
    pad = chance.randrange(int(0.15 * size), int(0.7 * size) + 1)
    above, below = (chance.uniform(0.1, 0.45) * size for _ in range(2))
    _, top, _, bottom = font.getbbox("ХрЙщ")
    shape = int(font.getlength(text)) + 2 * pad, int(bottom - top + above + below)
    picture = Image.new("L", shape, 255)
    ImageDraw.Draw(picture).text((pad, above - top), text, font=font, fill=0)
    grey = worn(np.asarray(picture, np.float32), chance)
    scale = HEIGHT / shape[1]
    width = round(shape[0] * scale)
    line = np.full((HEIGHT, max(width, 128)), 255, np.uint8)
    line[:, :width] = cv2.resize(grey, (width, HEIGHT), interpolation=cv2.INTER_AREA)
    return line, [(pad + font.getlength(text[:n])) * scale for n in range(len(text) + 1)]


def worn(grey: Array, chance: random.Random) -> Array:
    """A little blur, grain, paleness and JPEG."""
    noise = np.random.default_rng(chance.randrange(1 << 30))
    if chance.random() < 0.35:
        grey = cv2.GaussianBlur(grey, (0, 0), chance.uniform(0.4, 1.0))
    if chance.random() < 0.3:
        grey = grey * chance.uniform(0.5, 1.0) + chance.uniform(0, 60)
    if chance.random() < 0.4:
        grey = grey + noise.normal(0, chance.uniform(2, 18), grey.shape)
    packed = np.clip(grey, 0, 255).astype(np.uint8)
    if chance.random() < 0.2:
        quality = [cv2.IMWRITE_JPEG_QUALITY, chance.randrange(25, 80)]
        packed = cv2.imdecode(cv2.imencode(".jpg", packed, quality)[1], cv2.IMREAD_GRAYSCALE)
    return packed


def labelled(text: str, edges: list[float], count: int) -> Array:
    """For each step its character, 0 for nothing, or FREE: a character is at its middle."""
    labels = np.full(count, FREE, np.int64)
    steps = np.arange(count)
    labels[(steps < edges[0] / STEP - 1) | (steps > edges[-1] / STEP + 0.6)] = 0
    for char, left, right in zip(text, edges, edges[1:], strict=False):
        at = round((left + right) / 2 / STEP - PEAK)
        if char != " " and 0 <= at < count:
            labels[at] = ord(char)
    return labels


def principal(told: Array) -> tuple[Array, Array]:
    """What the likelihoods vary in: as many directions as the model's last layer has."""
    mean = told.mean(axis=0)
    sizes, directions = np.linalg.eigh(np.cov((told[::7] - mean).T))
    best = np.argsort(sizes)[::-1][:BASIS]
    return mean, (directions[:, best] / np.sqrt(sizes[best] + 1e-3)).astype(np.float32)


def learn(seen: Array, wanted: Array, lengths: Array, answers: int, epochs: int) -> list[Array]:
    """Two layers, learnt by Adam. A free step is blank or what stands beside it, as it likes."""
    chance = np.random.default_rng(0)
    before, after = beside(wanted, lengths)
    wanted = np.where((wanted == FREE) & (before == after) & (before > 0), 0, wanted)
    choices = np.stack([np.where(wanted == FREE, 0, wanted), before, after])
    choices[1:, wanted != FREE] = wanted[wanted != FREE]
    layers = fresh(BASIS * (2 * REACH + 1), answers, chance)
    moments = [(np.zeros_like(layer), np.zeros_like(layer)) for layer in layers]
    ends = np.repeat(np.cumsum(lengths), lengths)
    starts, tries = ends - np.repeat(lengths, lengths), 0
    for epoch in range(epochs):
        rate = RATE * (1 + np.cos(np.pi * epoch / epochs)) / 2
        for rows in np.array_split(chance.permutation(len(seen)), max(1, len(seen) // BATCH)):
            tries += 1
            slopes = slopes_at(layers, context(seen, rows, starts, ends), choices[:, rows])
            for layer, moment, slope in zip(layers, moments, slopes, strict=True):
                adapt(layer, moment, slope, rate, tries)
        print(f"epoch {epoch + 1} of {epochs}")
    return layers


def fresh(width: int, answers: int, chance: np.random.Generator) -> list[Array]:
    """Layers that know nothing."""
    return [
        chance.normal(0, np.sqrt(2 / width), (width, HIDDEN)).astype(np.float32),
        np.zeros(HIDDEN, np.float32),
        chance.normal(0, np.sqrt(1 / HIDDEN), (HIDDEN, answers)).astype(np.float32),
        np.zeros(answers, np.float32),
    ]


def slopes_at(layers: list[Array], around: Array, choices: Array) -> list[Array]:
    """How the error changes with each weight; of several answers allowed, the likeliest is it."""
    hidden = np.maximum(around @ layers[0] + layers[1], 0)
    error = softmax(hidden @ layers[2] + layers[3])
    at = np.arange(len(error))
    goal = choices[np.take_along_axis(error, choices.T, axis=1).argmax(axis=1), at]
    error[at, goal] -= 1
    error /= len(error)
    back = (error @ layers[2].T) * (hidden > 0)
    return [around.T @ back, back.sum(axis=0), hidden.T @ error, error.sum(axis=0)]


def adapt(layer: Array, moment: tuple[Array, Array], slope: Array, rate: float, tries: int) -> None:
    """One step of Adam."""
    speed, heat = moment
    speed += 0.1 * (slope - speed)
    heat += 0.001 * (slope * slope - heat)
    layer -= rate * speed / (1 - 0.9**tries) / (np.sqrt(heat / (1 - 0.999**tries)) + 1e-8)


def beside(wanted: Array, lengths: Array) -> tuple[Array, Array]:
    """For each step the character at the step before it and after it, 0 where there is none."""
    ends = np.cumsum(lengths)
    before, after = np.roll(wanted, 1), np.roll(wanted, -1)
    before[ends - lengths], after[ends - 1] = 0, 0
    return np.maximum(before, 0), np.maximum(after, 0)


def context(seen: Array, rows: Array, starts: Array, ends: Array) -> Array:
    """Each step with those to either side, zero beyond its line."""
    out = np.zeros((len(rows), 2 * REACH + 1, BASIS), np.float32)
    for place, shift in enumerate(range(-REACH, REACH + 1)):
        other = rows + shift
        inside = (other >= starts[rows]) & (other < ends[rows])
        out[inside, place] = seen[other[inside]]
    return out.reshape(len(rows), -1)


def softmax(scores: Array) -> Array:
    """Likelihoods of scores."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def save(
    out: Path, letters: str, columns: Array, mean: Array, basis: Array, layers: list[Array]
) -> None:
    """Write what `cyrillic.py` reads."""
    half = np.float16
    np.savez_compressed(
        out,
        letters=np.array(letters),
        columns=columns,
        mean=mean.astype(np.float32),
        basis=basis.astype(half),
        weights1=layers[0].astype(half),
        bias1=layers[1],
        weights2=layers[2].astype(half),
        bias2=layers[3],
    )


if __name__ == "__main__":
    main()
