/** Finds photos in files, folders and zip archives. */
@NullMarked
package dev.colorstream.producertools.photos;

import org.jspecify.annotations.NullMarked;
