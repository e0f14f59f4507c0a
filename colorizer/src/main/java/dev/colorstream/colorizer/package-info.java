/** Gray photos in, color photos out, one forward pass for a list of them. */
@NullMarked
package dev.colorstream.colorizer;

import org.jspecify.annotations.NullMarked;
