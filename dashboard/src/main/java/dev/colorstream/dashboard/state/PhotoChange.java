package dev.colorstream.dashboard.state;

/** What changed with a photo: a count of its job, or how it ended, told once however often the result comes. */
sealed interface PhotoChange permits JobEvent.Counted, PhotoEvent.Ended {}
