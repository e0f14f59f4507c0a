/** Fourth stage: gathers photos for one pass of the network. */
@NullMarked
package dev.colorstream.worker.microbatch;

import org.jspecify.annotations.NullMarked;
