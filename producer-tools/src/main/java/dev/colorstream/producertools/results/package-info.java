/** Waits for the results of a job and fetches its color photos. */
@NullMarked
package dev.colorstream.producertools.results;

import org.jspecify.annotations.NullMarked;
