/** Which versions there are and which of them channels serve: published, promoted, taken back, pruned. */
@NullMarked
package dev.colorstream.trainer.release;

import org.jspecify.annotations.NullMarked;
