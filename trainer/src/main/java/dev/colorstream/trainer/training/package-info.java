/** The training run: steps, validation, checkpoints, and the model version at its end. */
@NullMarked
package dev.colorstream.trainer.training;

import org.jspecify.annotations.NullMarked;
