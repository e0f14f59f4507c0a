/** The 313 ab bins, the soft encoding of a color over them, their prior and their rebalancing weights. */
@NullMarked
package dev.colorstream.colorizer.abbins;

import org.jspecify.annotations.NullMarked;
