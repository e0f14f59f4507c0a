/** Whether a new network may take the place of the one that is served. */
@NullMarked
package dev.colorstream.trainer.gate;

import org.jspecify.annotations.NullMarked;
