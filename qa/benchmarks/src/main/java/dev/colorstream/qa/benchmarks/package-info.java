/** Measurements of the whole line and of its parts. */
@NullMarked
package dev.colorstream.qa.benchmarks;

import org.jspecify.annotations.NullMarked;
