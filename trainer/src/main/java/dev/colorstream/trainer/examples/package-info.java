/** From color photos to what one training step reads: crops, mirrors, soft encodings, weights. */
@NullMarked
package dev.colorstream.trainer.examples;

import org.jspecify.annotations.NullMarked;
