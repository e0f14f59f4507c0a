/** Requests that failed, as they came: lists them and puts them on their topic again. */
@NullMarked
package dev.colorstream.producertools.deadletters;

import org.jspecify.annotations.NullMarked;
