/** CIE Lab (D65) beside sRGB, and the way back into the sRGB gamut. */
@NullMarked
package dev.colorstream.colorizer.lab;

import org.jspecify.annotations.NullMarked;
