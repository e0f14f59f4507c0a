/** Fifth stage: runs the network on one micro-batch after another. */
@NullMarked
package dev.colorstream.worker.colorize;

import org.jspecify.annotations.NullMarked;
