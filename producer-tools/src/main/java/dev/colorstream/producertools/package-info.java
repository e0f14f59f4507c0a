/** The command {@code colorstream}: uploads photos, awaits their results, makes topics. */
@NullMarked
package dev.colorstream.producertools;

import org.jspecify.annotations.NullMarked;
