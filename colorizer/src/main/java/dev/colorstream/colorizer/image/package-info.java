/** Photo files to luminance planes and color planes to photo files, with the resampling between them. */
@NullMarked
package dev.colorstream.colorizer.image;

import org.jspecify.annotations.NullMarked;
