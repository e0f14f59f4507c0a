/** From a finished training run to a model version. */
@NullMarked
package dev.colorstream.trainer.publication;

import org.jspecify.annotations.NullMarked;
