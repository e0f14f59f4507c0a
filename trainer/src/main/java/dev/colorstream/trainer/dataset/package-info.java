/** Color photos to learn from: where they lie, which of them can be read, how they are split. */
@NullMarked
package dev.colorstream.trainer.dataset;

import org.jspecify.annotations.NullMarked;
