package dev.colorstream.dashboard.state;

import java.time.Instant;

/** The figures of a model version in one minute. */
public record FigurePoint(Instant from, Figures figures) {}
