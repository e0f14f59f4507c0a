/** Asks for the colors of photos that other clients put into a bucket. */
@NullMarked
package dev.colorstream.producertools.watch;

import org.jspecify.annotations.NullMarked;
