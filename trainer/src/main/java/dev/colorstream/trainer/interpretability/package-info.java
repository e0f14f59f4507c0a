/** Whether colorized photos are taken for what they show: a scene classifier of our own, trained on real color photos. */
@NullMarked
package dev.colorstream.trainer.interpretability;

import org.jspecify.annotations.NullMarked;
