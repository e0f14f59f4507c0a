/** Plausibility studies: people say which photos look as if their colors were real. */
@NullMarked
package dev.colorstream.dashboard.study;

import org.jspecify.annotations.NullMarked;
