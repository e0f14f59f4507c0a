/** Training again and again as photos come: collected, trained, judged, published, announced, whatever dies in between. */
@NullMarked
package dev.colorstream.trainer.retraining;

import org.jspecify.annotations.NullMarked;
