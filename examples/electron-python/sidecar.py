"""The spectrum of a signal, by numpy. It is a plain function, which runs in a thread, so that cancels and pings are heard meanwhile."""

import asyncio
from dataclasses import dataclass

import numpy
from ipc_link import Binary, Context, Contract, Task, serve

FRAMES = 20


@dataclass
class Spectrum:
    magnitudes: numpy.ndarray
    peaks: list[float]


def spectrum(data: dict, context: Context) -> Spectrum:
    samples: Binary = data["samples"]
    signal = numpy.asarray(samples.view())  # a Float64Array, without a copy
    frames = numpy.array_split(signal, FRAMES)
    size = min(len(frame) for frame in frames)
    total = numpy.zeros(size // 2 + 1)
    for index, frame in enumerate(frames):
        context.raise_if_cancelled()
        total += numpy.abs(numpy.fft.rfft(frame[:size] * numpy.hanning(size)))
        context.progress({"percent": 100 * (index + 1) // FRAMES})
    frequencies = numpy.fft.rfftfreq(size, 1 / data["rate"])
    inner = total[1:-1]
    is_peak = (inner > total[:-2]) & (inner > total[2:]) & (inner > total.max() / 4)
    context.log.info("computed", samples=len(signal), frames=FRAMES)
    return Spectrum(total / total.max(), frequencies[1:-1][is_peak].tolist())


asyncio.run(serve(Contract("numbers", {"spectrum": Task()}), {"spectrum": spectrum}))
