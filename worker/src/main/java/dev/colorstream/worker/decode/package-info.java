/** Third stage: turns bytes into lightness, within a budget of pixels. */
@NullMarked
package dev.colorstream.worker.decode;

import org.jspecify.annotations.NullMarked;
