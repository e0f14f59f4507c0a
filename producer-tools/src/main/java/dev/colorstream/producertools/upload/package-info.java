/** Stores photos and asks for their colors. */
@NullMarked
package dev.colorstream.producertools.upload;

import org.jspecify.annotations.NullMarked;
