/** Files that PyTorch saves weights in, read without running anything that they say. */
@NullMarked
package dev.colorstream.colorizer.torchfile;

import org.jspecify.annotations.NullMarked;
