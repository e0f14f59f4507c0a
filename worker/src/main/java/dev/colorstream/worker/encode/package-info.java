/** Sixth stage: joins the predicted color with the photo's lightness and writes the file. */
@NullMarked
package dev.colorstream.worker.encode;

import org.jspecify.annotations.NullMarked;
