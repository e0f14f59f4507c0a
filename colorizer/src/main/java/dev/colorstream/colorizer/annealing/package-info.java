/** From a distribution over ab bins to one ab color: the annealed mean. */
@NullMarked
package dev.colorstream.colorizer.annealing;

import org.jspecify.annotations.NullMarked;
