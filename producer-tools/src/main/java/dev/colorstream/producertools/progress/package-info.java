/** Progress: how far a task is, told on a terminal or in a log. */
@NullMarked
package dev.colorstream.producertools.progress;

import org.jspecify.annotations.NullMarked;
